/** JSON as Python's `json.dumps` writes it: a space behind `,` and `:`, and ASCII only unless asked otherwise. Pure. */
import { jsonKey } from "../../../model/data-text";
import { keyValue } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { floatRepr, isFloat } from "../numbers";
import { pythonOrder, pythonStr } from "../python";
import { TemplateObject, Undefined } from "../values";

/** How to write. */
export interface JsonStyle {
  /** Spaces a level; undefined for one line. */
  readonly indent: number | undefined;
  readonly ascii: boolean;
  readonly sorted: boolean;
  /** Between items, and behind a key. @default `, ` and `: `; with an indent `,` and `: ` */
  readonly separators?: readonly [string, string];
}

/** Writes a value. @throws TemplateFailure for what has no form in JSON */
export function dumpJson(value: unknown, style: JsonStyle, depth = 0): string {
  if (value === null || value === undefined) return "null";
  if (depth > 100) throw new TemplateFailure("other", "the value is too deep for a template");
  if (value instanceof Undefined) throw value.failure();
  if (value instanceof TemplateObject) return text(jsonOf(value), style);
  if (Array.isArray(value)) {
    return wrap(
      value.map((it) => dumpJson(it, style, depth + 1)),
      "[]",
      style,
      depth,
    );
  }
  if (isFloat(value)) return floatText(Number(value));
  if (typeof value === "number" || typeof value === "bigint") return pythonStr(value);
  if (typeof value === "object") {
    const members = Object.entries(value);
    if (style.sorted) members.sort(byKey);
    const colon = style.separators?.[1] ?? ": ";
    const entries = members.map(
      ([key, it]) => `${text(jsonKey(key), style)}${colon}${dumpJson(it, style, depth + 1)}`,
    );
    return wrap(entries, "{}", style, depth);
  }
  return text(value, style);
}

/** In Python's order. @throws TemplateFailure for keys of types that have no order */
export function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return pythonOrder(keyValue(a), keyValue(b));
}

function jsonOf(value: TemplateObject): string {
  const known = value.json();
  if (known !== undefined) return known;
  const problem = `a value of the type ${value.typeName} has no form in JSON`;
  throw new TemplateFailure("other", problem);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatRepr(value);
}

function text(value: unknown, { ascii }: JsonStyle): string {
  const json = JSON.stringify(value);
  return ascii ? asciiJson(json) : json;
}

/** JSON in which all is ASCII, as Python writes it. */
export function asciiJson(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function wrap(items: readonly string[], brackets: string, style: JsonStyle, depth: number): string {
  const { indent, separators } = style;
  const [open = "", close = ""] = brackets;
  if (items.length === 0) return brackets;
  const comma = separators?.[0] ?? (indent === undefined ? ", " : ",");
  if (indent === undefined) return open + items.join(comma) + close;
  const outer = "\n" + " ".repeat(indent * depth);
  const inner = "\n" + " ".repeat(indent * (depth + 1));
  return open + inner + items.join(comma + inner) + outer + close;
}
