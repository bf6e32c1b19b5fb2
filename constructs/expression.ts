/**
 * Terraform expressions out of values. What users write is data: nothing in it may be taken
 * for a template. Tokens of cdktf are none of it where code may pass them. Pure.
 */
import { Lazy, Token } from "cdktf";

const REWRITTEN_ESCAPES: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };

/** Text as a quoted string inside of an expression. */
export function quote(text: string): string {
  return escapeTemplate(hclString(text));
}

/** Terraform knows all of JSON's escapes but two. */
function hclString(text: string): string {
  return JSON.stringify(text).replace(
    /\\(.)/g,
    (pair, letter: string) => REWRITTEN_ESCAPES[letter] ?? pair,
  );
}

/** Looks like a token: of text, of a list, of a map. */
const LIKE_TOKEN = /[$#&](?=\{TfToken\[)/;
/** A token within text. */
const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/**
 * Text that Terraform's JSON syntax would read as a template, as plain text. What looks like one of
 * cdktf's own tokens needs more than a doubled sign, as cdktf would still find it behind that.
 */
export function escapeTemplate(text: string): string {
  // Dollar signs before an expression go into it: the last one would make it an escaped one.
  return text.replace(/(\$*[$#&])(?=\{TfToken\[)|[$%](?=\{)/g, (sign, hidden?: string) =>
    hidden === undefined ? sign + sign : interpolate(`"${hidden}"`),
  );
}

/** Any JSON value with all its text, keys included, as plain data. */
export function escapeTemplates<T>(value: T): T;
export function escapeTemplates(value: unknown): unknown {
  return typeof value === "string" ? escapeTemplate(value) : mapText(value, escapeTemplates);
}

/**
 * Any value with all its text as plain data, but for tokens: cdktf puts in what they stand for. In
 * code it cannot be told whether somebody means a token or text that looks like one; a token it is.
 */
export function escapeAroundTokens<T>(value: T): T;
export function escapeAroundTokens(value: unknown): unknown {
  if (typeof value === "string") {
    const parts = value.split(TOKEN);
    if (parts.length === 1) return escapeTemplate(value);
    return parts.map((it, n) => (n % 2 === 1 ? it : besideToken(it))).join("");
  }
  return Token.isUnresolved(value) ? value : mapText(value, escapeAroundTokens);
}

/** Plain text beside a token: cdktf counts the braces around tokens, and a dollar sign escapes what follows it. */
function besideToken(text: string): string {
  if (!/[{}]|\$$/.test(text)) return text;
  return interpolate(hclString(text).replaceAll("{", "\\u007b").replaceAll("}", "\\u007d"));
}

/** A value without tokens, such as a file's: what looks like one is data to {@link escapeAroundTokens} too. */
export function asData<T>(value: T): T;
export function asData(value: unknown): unknown {
  if (typeof value !== "string") return mapText(value, asData);
  return LIKE_TOKEN.test(value)
    ? Lazy.stringValue({ produce: () => escapeTemplate(value) })
    : value;
}

/** A list or an object with each of its items, keys included, mapped. */
function mapText(value: unknown, map: <T>(it: T) => T): unknown {
  if (Array.isArray(value)) return value.map((it: unknown) => map(it));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [map(key), map(it as unknown)]),
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
