/**
 * Types of module arguments as Ansible reads them: text, yes/no, numbers and lists in the forms
 * in which templates and YAML deliver them.
 */
import { z } from "zod";
import { WholeFloat } from "../../../../core/whole-float";
import { dataText } from "../../../model/data-text";

const YES: readonly unknown[] = [true, 1, "yes", "on", "true", "y", "t", "1"];
const NO: readonly unknown[] = [false, 0, "no", "off", "false", "n", "f", "0"];

/** Text; numbers and yes/no values are taken as their text, as YAML makes them of `version: 3`. */
export function text() {
  return z.preprocess(toText, z.string());
}

const PATHS = new WeakSet<z.ZodType>();

/** A path on the host; `~` and variables of the environment in it are expanded before the module runs. */
export function path() {
  const field = z.preprocess(
    toText,
    z
      .string()
      .min(1)
      .refine((it) => !it.includes("\0"), "a path cannot hold a NUL"),
  );
  PATHS.add(field);
  return field;
}

/** Paths on the host: a list, or texts between commas. */
export function pathList() {
  const field = z.preprocess(toList, z.array(path()));
  PATHS.add(field);
  return field;
}

/** Whether a field is one of those, required or not. */
export function isPath(field: z.ZodType): boolean {
  const isWrapped = field instanceof z.ZodOptional || field instanceof z.ZodDefault;
  return PATHS.has(field) || (isWrapped && isPath(field.def.innerType as z.ZodType));
}

/** A name of something on the host, which can be no option of a command. */
export function name(pattern: RegExp, what: string) {
  return z.preprocess(toText, z.string().regex(pattern, `expected ${what}`));
}

/** Yes or no in any of Ansible's spellings. */
export function flag() {
  return z.preprocess((value) => {
    const word: unknown = typeof value === "string" ? value.trim().toLowerCase() : value;
    if (YES.includes(word)) return true;
    return NO.includes(word) ? false : value;
  }, z.boolean("expected yes or no"));
}

/** A whole number, also as text. */
export function whole() {
  return z.preprocess(fromNumeral, z.int());
}

/** A number, also as text. */
export function decimal() {
  return z.preprocess(fromNumeral, z.number());
}

/** A list of texts; a single text is split at commas. */
export function textList() {
  return z.preprocess(toList, z.array(z.string()));
}

/** Texts by name. */
export function textMap() {
  return z.record(z.string(), text());
}

function toList(value: unknown): readonly unknown[] {
  if (typeof value === "string") return value === "" ? [] : value.split(",").map((it) => it.trim());
  return Array.isArray(value) ? value.map(toText) : [toText(value)];
}

function toText(value: unknown): unknown {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof WholeFloat || typeof value === "bigint") return dataText(value);
  return typeof value === "number" ? String(value) : value;
}

function fromNumeral(value: unknown): unknown {
  const numeral = typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value.trim());
  return numeral || value instanceof WholeFloat || typeof value === "bigint"
    ? Number(value)
    : value;
}
