/**
 * Terraform expressions out of values. What users write is data: nothing in it may be taken
 * for a template. Pure.
 */

const REWRITTEN_ESCAPES: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };

/** Text as a quoted string inside of an expression. */
export function quote(text: string): string {
  // Terraform knows all of JSON's escapes but two.
  const json = JSON.stringify(text).replace(
    /\\(.)/g,
    (pair, letter: string) => REWRITTEN_ESCAPES[letter] ?? pair,
  );
  return escapeTemplate(json);
}

/**
 * Text that Terraform's JSON syntax would read as a template, as plain text. What looks like one of
 * cdktf's own tokens needs more than a doubled sign, as cdktf would still find it behind that.
 */
export function escapeTemplate(text: string): string {
  return text
    .replace(/[$%](?=\{)/g, (sign) => sign + sign)
    .replaceAll("$${TfToken[", () => '${"$"}{TfToken[');
}

/** Any JSON value with all its text, keys included, as plain data. */
export function escapeTemplates<T>(value: T): T;
export function escapeTemplates(value: unknown): unknown {
  if (typeof value === "string") return escapeTemplate(value);
  if (Array.isArray(value)) return value.map((it: unknown) => escapeTemplates(it));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [escapeTemplate(key), escapeTemplates(it)]),
  );
}

/** An expression as an argument. */
export function interpolate(expression: string): string {
  return `\${${expression}}`;
}

/** A list or object written out, its items being expressions. */
export function objectExpression(entries: Readonly<Record<string, string>>): string {
  const inner = Object.entries(entries).map(([key, value]) => `${quote(key)} = ${value}`);
  return `{ ${inner.join(", ")} }`;
}

/** A list written out, its items being expressions. */
export function listExpression(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}
