/** Redirections and logins, as Ansible's requests take them. Pure. */

/** What decides of a request. */
export interface Step {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly hasBody: boolean;
}

/** Which redirections are followed. */
export type FollowPolicy = "all" | "safe" | "none";

/** Ansible's words, of which some are old names. */
export function followPolicy(word: string): FollowPolicy {
  if (word === "all" || word === "yes") return "all";
  return word === "none" ? "none" : "safe";
}

/**
 * The request that follows an answer; undefined when the answer stands.
 * @param unredirected - names of headers, in lower case, that go to the first address only
 */
export function nextStep(
  step: Step,
  answer: { readonly status: number; readonly location?: string | undefined },
  policy: FollowPolicy,
  unredirected: readonly string[],
): Step | undefined {
  const { status, location } = answer;
  const { url, method } = step;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  if (policy === "none") return undefined;
  if (policy === "safe" && method !== "GET" && method !== "HEAD") return undefined;
  const next = toUrl(location, url);
  if (next === undefined || !/^https?:$/.test(next.protocol)) return undefined;
  const keeps = status === 307 || status === 308 || method === "HEAD" || method === "GET";
  const becomesGet = !keeps && (status !== 301 || method === "POST");
  const dropped = new Set([
    ...unredirected,
    // A password is for the host that it was given for.
    ...(next.host === url.host ? [] : ["authorization", "cookie"]),
    ...(becomesGet ? ["content-type", "content-length"] : []),
  ]);
  return {
    url: next,
    method: becomesGet ? "GET" : method,
    hasBody: step.hasBody && !becomesGet,
    headers: step.headers.filter(([name]) => !dropped.has(name.toLowerCase())),
  };
}

/** An address, perhaps relative to another; undefined for none. */
export function toUrl(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base?.href) ? new URL(text, base?.href) : undefined;
}

/** The header that logs in. */
export function basicAuth(user: string, password: string): readonly [string, string] {
  return ["Authorization", `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`];
}
