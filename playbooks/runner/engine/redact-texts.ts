/** Removes secrets from every text of a value, keys excepted. Pure. */
import { isMapping } from "../../../core/mapping";
import { redactor, type Secret } from "../../../core/secret";
import { asciiJson } from "../template/filters/json";
import { quoteUrl } from "../template/filters/paths";
import { escapeHtml, quoteShell } from "../template/filters/text";
import { pythonRepr } from "../template/python";

/** Shorter lines of a secret of several lines, and shorter pieces, are too common to be hidden. */
const MIN_LINE_LENGTH = 8;

/**
 * Removes secrets as they are, and as templates write them into other texts: quoted for a shell, for Python and for JSON, in URLs and
 * HTML, in base64 also in the midst of other text, in capitals, line by line. What is computed from one otherwise, such as a hash or
 * a part of it, nobody can know again.
 */
export function redactorOf(secrets: readonly Secret[]): (text: string) => string {
  return redactor([...new Set(secrets.flatMap((it) => formsOf(it.reveal())))]);
}

function formsOf(secret: string): string[] {
  const lines = secret.split("\n").filter((it) => it.trim().length >= MIN_LINE_LENGTH);
  const quoted = [secret, ...lines].flatMap((it) => [
    it,
    pythonRepr(it).slice(1, -1),
    quoteShell(it).replace(/^'|'$/g, ""),
    Buffer.from(it, "utf8").toString("base64"),
  ]);
  return [
    ...quoted,
    asciiJson(JSON.stringify(secret)).slice(1, -1),
    ...inUrls(secret),
    ...inBase64(secret),
    ...(secret.length < MIN_LINE_LENGTH ? [] : [secret.toUpperCase(), secret.toLowerCase()]),
    escapeHtml(secret),
  ];
}

/** As paths of URLs have it, as whole parts of them, and as forms. */
function inUrls(text: string): string[] {
  // Halves of characters have no form in URLs.
  const whole = Buffer.from(text, "utf8").toString("utf8");
  const [path, part] = [quoteUrl(whole, "/"), quoteUrl(whole, "")];
  return [path, part, part.replaceAll("%20", "+")];
}

/** The letters that stand for the text alone, wherever in an encoded text it begins. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const cores = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)];
    return encoded.slice(from, to);
  });
  return cores.filter((it) => it.length >= MIN_LINE_LENGTH);
}

/** The same value with every text redacted. */
export function redactTexts<T>(value: T, redact: (text: string) => string): T {
  return walk(value, redact) as T;
}

function walk(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((it) => walk(it, redact));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, walk(it, redact)]));
}
