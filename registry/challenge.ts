/** How a registry asks for a login (RFC 7235, and the token flow of distribution). Pure. */

/** What a `WWW-Authenticate` header asks for. */
export type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: string; readonly service?: string };

const PARAMETER = /([a-z_]+)="((?:[^"\\]|\\.)*)"/gi;

/** The challenge of a header; undefined when none is understood. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const scheme = /^\s*([A-Za-z]+)/.exec(header ?? "")?.[1]?.toLowerCase();
  if (scheme === "basic") return { scheme };
  if (scheme !== "bearer") return undefined;
  const parameters = new Map(
    [...(header ?? "").matchAll(PARAMETER)].map(([, name = "", value = ""]) => [
      name.toLowerCase(),
      value.replace(/\\(.)/g, "$1"),
    ]),
  );
  const realm = parameters.get("realm");
  const service = parameters.get("service");
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  return { scheme, realm, ...(service === undefined ? {} : { service }) };
}

/** Where a token to pull from a repository is asked for. */
export function tokenUrl(
  { realm, service }: Extract<Challenge, { scheme: "bearer" }>,
  repository: string,
): URL {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${repository}:pull`);
  return url;
}

/** A basic login as a header's value. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
