/** Values as Python prints them, since templates of Ansible rely on it: True, None, ['a'], {'k': 1}. Pure. */
import { keyValue } from "../../model/mapping-keys";
import { TemplateFailure } from "./failure";
import { floatRepr, isNumber, WholeFloat } from "./numbers";
import { Tuple, TemplateObject, Undefined } from "./values";

/** Python's `str()`. */
export function pythonStr(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof TemplateObject ? value.text() : pythonRepr(value);
}

/** What `{{ … }}` prints: as `str()`, but nothing for None, as Ansible has it. */
export function pythonPrint(value: unknown): string {
  return value === null || value === undefined ? "" : pythonStr(value);
}

/** Python's `repr()`. @throws TemplateFailure for an undefined value */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? String(value) : numberRepr(value);
  if (value instanceof WholeFloat) return floatRepr(value.value);
  if (value instanceof Undefined) return printUndefined(value);
  if (value instanceof Tuple)
    return `(${value.map(pythonRepr).join(", ")}${value.length === 1 ? "," : ""})`;
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (value instanceof TemplateObject) return value.repr();
  if (typeof value === "object") {
    const entries = Object.entries(value).map(
      ([key, it]) => `${pythonRepr(keyValue(key))}: ${pythonRepr(it)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  return typeof value;
}

function printUndefined(value: Undefined): string {
  if (value.lenient) return "";
  throw value.failure();
}

/** Whole numbers that came as data and are not exact are still whole. */
function numberRepr(value: number): string {
  return Number.isInteger(value) ? String(BigInt(value)) : floatRepr(value);
}

/** Python's `bool()`. @throws TemplateFailure for an undefined value */
export function pythonBool(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof WholeFloat) return value.value !== 0;
  if (value instanceof Undefined) return printUndefined(value) !== "";
  if (value instanceof TemplateObject) return value.isTrue();
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  if (typeof value === "number" && Number.isNaN(value)) return true;
  return Boolean(value);
}

/** Python's name of a value's type. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (value instanceof WholeFloat) return "float";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof Undefined) return "AnsibleUndefined";
  if (value instanceof TemplateObject) return value.typeName;
  return Array.isArray(value) ? "list" : "dict";
}

/** Whether two values are equal in Python: by content, whatever the order of keys. */
export function pythonEqual(left: unknown, right: unknown): boolean {
  return left === right || equalityKey(left) === equalityKey(right);
}

/** A text that is the same for equal values only. @throws TemplateFailure for an undefined value */
export function equalityKey(value: unknown): string {
  if (value instanceof Tuple) return `(${value.map(equalityKey).join(",")})`;
  if (Array.isArray(value)) return `[${value.map(equalityKey).join(",")}]`;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (isNumber(value)) return value instanceof WholeFloat ? String(value.value) : String(value);
  if (value instanceof Undefined) throw value.failure();
  if (value instanceof TemplateObject) return value.equality();
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, it]) => `${equalityKey(keyValue(key))}:${equalityKey(it)}`,
    );
    return `{${entries.sort().join(",")}}`;
  }
  return value === undefined ? "null" : JSON.stringify(value);
}

/** Python's `<`: -1, 0 or 1. @throws TemplateFailure for values that have no order */
export function pythonOrder(left: unknown, right: unknown): number {
  if (typeof left === "string" && typeof right === "string") return orderTexts(left, right);
  const [a, b] = [left, right].map((it) => (typeof it === "boolean" ? Number(it) : it));
  if (isNumber(a) && isNumber(b)) {
    const [one, two] = [a, b].map((it) => (it instanceof WholeFloat ? it.value : it));
    if (one === undefined || two === undefined) return 0;
    return one < two ? -1 : one > two ? 1 : 0;
  }
  if (Array.isArray(left) && Array.isArray(right)) return orderLists(left, right);
  const order = left instanceof TemplateObject ? left.orderTo(right) : undefined;
  if (order !== undefined) return order;
  for (const it of [left, right]) if (it instanceof Undefined) throw it.failure();
  const types = `'${pythonType(left)}' and '${pythonType(right)}'`;
  throw new TemplateFailure("other", `values of the types ${types} have no order`);
}

/** By code points, as Python does; JavaScript's `<` goes by halves of them. */
function orderTexts(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [left, right].map((it) => Array.from(it, (one) => one.codePointAt(0) ?? 0));
  const length = Math.min(a?.length ?? 0, b?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign((a?.length ?? 0) - (b?.length ?? 0));
}

function orderLists(left: readonly unknown[], right: readonly unknown[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    if (!pythonEqual(left[index], right[index])) return pythonOrder(left[index], right[index]);
  }
  return Math.sign(left.length - right.length);
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};
/** What Python's `repr()` of text escapes: what is not printable. */
const UNPRINTABLE = /(?! )[\p{C}\p{Z}\\]/gu;

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, (it) => {
    const code = it.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (code > 0xffff) return `\\U${hex.padStart(8, "0")}`;
    return (
      NAMED_ESCAPES[it] ??
      (code > 0xff ? `\\u${hex.padStart(4, "0")}` : `\\x${hex.padStart(2, "0")}`)
    );
  });
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}
