/** Removes secrets from every text of a value, keys excepted. Pure. */

/** The same value with every text redacted. */
export function redactTexts<T>(value: T, redact: (text: string) => string): T {
  return walk(value, redact) as T;
}

function walk(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((it) => walk(it, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, walk(it, redact)]));
}
