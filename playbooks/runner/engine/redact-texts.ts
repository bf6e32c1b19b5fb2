/** Removes secrets from every text of a value, keys excepted. Pure. */
import { isMapping } from "../../../core/mapping";
import { redactor, type Secret } from "../../../core/secret";
import { quoteShell } from "../template/filters/text";
import { pythonRepr } from "../template/python";

/** Shorter lines of a secret of several lines are too common to be hidden. */
const MIN_LINE_LENGTH = 8;

/** Removes secrets in every form that templates give them: quoted, in base64, line by line. */
export function redactorOf(secrets: readonly Secret[]): (text: string) => string {
  return redactor(secrets.flatMap((it) => formsOf(it.reveal())));
}

function formsOf(secret: string): string[] {
  const lines = secret.split("\n").filter((it) => it.trim().length >= MIN_LINE_LENGTH);
  const whole = [secret, ...(lines.length > 0 ? lines : [])];
  return whole.flatMap((it) => [
    it,
    pythonRepr(it).slice(1, -1),
    quoteShell(it).replace(/^'|'$/g, ""),
    Buffer.from(it, "utf8").toString("base64"),
  ]);
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
