/**
 * Keys of mappings that are no text: `{1: a}` has the key 1 in Python, and not "1". JavaScript's objects have texts
 * alone, so such a key is a text with a mark in front of it. Texts that an object would not keep in their order, or that
 * begin with the mark, have another one. Pure.
 */
import { WholeFloat } from "../../core/whole-float";

/** Of Unicode's private letters, so that hardly any text begins with it. */
const MARK = "\uf8ff";
/** JavaScript's objects put texts that are numerals before all others, whatever the order in which they were written. */
const NUMERAL = /^(?:0|[1-9]\d{0,9})$/;
const QUOTED = `${MARK}'`;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/** What a key can be. */
export type KeyValue = string | number | bigint | boolean | null | WholeFloat;

/** Whether a value can be a key here. */
export function isKey(value: unknown): value is KeyValue {
  return typeof value !== "object" || value === null || value instanceof WholeFloat;
}

/** The name under which a key stands in an object. */
export function keyName(key: KeyValue): string {
  if (typeof key === "string")
    return NUMERAL.test(key) || key.startsWith(MARK) ? QUOTED + key : key;
  if (key === null) return `${MARK}None`;
  if (typeof key === "boolean") return `${MARK}${key ? "True" : "False"}`;
  if (key instanceof WholeFloat) {
    return MARK + (Number.isFinite(key.value) ? key.value.toFixed(1) : String(key.value));
  }
  return MARK + String(Number.isInteger(key) ? BigInt(key) : key);
}

/** The key that a name stands for. */
export function keyValue(name: string): KeyValue {
  if (!name.startsWith(MARK)) return name;
  if (name.startsWith(QUOTED)) return name.slice(QUOTED.length);
  const text = name.slice(MARK.length);
  const word = WORDS.get(text);
  if (word !== undefined) return word as KeyValue;
  if (!/^-?\d+$/.test(text)) {
    const value = Number(text);
    return Number.isInteger(value) || !Number.isFinite(value) ? new WholeFloat(value) : value;
  }
  const whole = Number(text);
  return Number.isSafeInteger(whole) ? whole : BigInt(text);
}

/** A name as it is shown, and as it is where texts alone are names. */
export function keyText(name: string): string {
  if (!name.startsWith(MARK)) return name;
  return name.slice((name.startsWith(QUOTED) ? QUOTED : MARK).length);
}

/**
 * The name of an object's own key, whatever equal form of it is asked for: in Python d[1], d[1.0] and d[True] are one.
 * @returns undefined when there is none
 */
export function ownName(object: object, key: unknown): string | undefined {
  if (!isKey(key)) return undefined;
  const name = keyName(key);
  if (Object.hasOwn(object, name)) return name;
  // What modules and Terraform give has its keys as they are.
  if (typeof key === "string") return Object.hasOwn(object, key) ? key : undefined;
  if (key === null) return undefined;
  const number = Number(key);
  const truths = number === 1 ? [true] : number === 0 ? [false] : [];
  const equal: readonly KeyValue[] = [number, new WholeFloat(number), ...truths];
  return equal.map(keyName).find((it) => Object.hasOwn(object, it));
}
