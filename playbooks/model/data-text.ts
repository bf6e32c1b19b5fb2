/** Data as text, with floats, large numbers and keys that are no text as Python writes them. Pure. */
import { WholeFloat } from "../../core/whole-float";
import { keyText, keyValue } from "./mapping-keys";

/** How to write. */
interface DataStyle {
  /** Behind commas and colons. @default nothing */
  readonly space?: string;
  /** Keys that are no text stay so, which YAML takes and JSON does not. @default false */
  readonly yamlKeys?: boolean;
}

const KEY_WORDS: Readonly<Record<string, string>> = { None: "null", True: "true", False: "false" };

/** A value as JSON, or as YAML that is JSON but for its keys. */
export function dataText(value: unknown, style: DataStyle = {}): string {
  const { space = "" } = style;
  if (value === undefined || value === null) return "null";
  if (value instanceof WholeFloat) return floatText(value.value, style);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isInteger(value)) return floatText(value, style);
  if (Array.isArray(value)) return `[${value.map((it) => dataText(it, style)).join(`,${space}`)}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .map(([key, it]) => `${keyOf(key, style)}:${space}${dataText(it, style)}`);
  return `{${members.join(`,${space}`)}}`;
}

/** Data for whoever knows JSON alone: numbers are JavaScript's, and keys are texts. */
export function plainData<T>(value: T): T {
  const walk = (it: unknown): unknown => {
    if (it instanceof WholeFloat || typeof it === "bigint") return Number(it);
    if (Array.isArray(it)) return it.map(walk);
    if (typeof it !== "object" || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, one]) => [jsonKey(key), walk(one)]));
  };
  return walk(value) as T;
}

/** The text that a key becomes in JSON, as Python's `json.dumps` has it. */
export function jsonKey(name: string): string {
  const text = keyText(name);
  return typeof keyValue(name) === "string" ? text : (KEY_WORDS[text] ?? text);
}

function keyOf(name: string, { yamlKeys = false, space = "" }: DataStyle): string {
  const isText = typeof keyValue(name) === "string";
  // In YAML a colon behind a plain word needs a space.
  if (yamlKeys && !isText) return `${jsonKey(name)}${space === "" ? " " : ""}`;
  return JSON.stringify(jsonKey(name));
}

function floatText(value: number, { yamlKeys = false }: DataStyle): string {
  if (Number.isFinite(value)) {
    const text = Object.is(value, -0) ? "-0" : String(value);
    return /[.e]/.test(text) ? text.replace(/^(-?\d+)e/, "$1.0e") : `${text}.0`;
  }
  const word = Number.isNaN(value) ? "nan" : "inf";
  if (yamlKeys) return `${value < 0 ? "-" : ""}.${word}`;
  return Number.isNaN(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
}
