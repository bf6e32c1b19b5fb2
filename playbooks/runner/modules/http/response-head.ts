/** The head of an HTTP answer as data. Pure. */

/** Status and headers. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** By names in lower case; several of one name with commas between. */
  readonly headers: Readonly<Record<string, string>>;
  /** In the order of the answer. */
  readonly cookies: readonly (readonly [name: string, value: string])[];
}

/** The last head of the text; undefined when it holds none. */
export function parseHead(text: string): ResponseHead | undefined {
  const lines = text.replaceAll("\r", "").split("\n");
  const start = lines.findLastIndex((it) => /^HTTP\/[\d.]+ \d{3}/.test(it));
  const [, status, reason = ""] = /^HTTP\/[\d.]+ (\d{3}) ?(.*)$/.exec(lines[start] ?? "") ?? [];
  if (status === undefined) return undefined;
  const fields = lines.slice(start + 1).flatMap((line) => {
    const [, name, value = ""] = /^([^:\s]+):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
  });
  const headers = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const cookies = fields.flatMap(([name, value]) => {
    const [, key, content = ""] = /^([^=;]+)=([^;]*)/.exec(value) ?? [];
    return name === "set-cookie" && key !== undefined
      ? [[key.trim(), content.trim().replace(/^"(.*)"$/, "$1")] as const]
      : [];
  });
  return { status: Number(status), reason, headers: Object.fromEntries(headers), cookies };
}
