/** Whether two values are the same to Terraform: sets have no order, numbers compare by their digits. Pure. */
import type { CtyType } from "../protocol/cty-type";
import { Decimal, plainDigits } from "../protocol/decimal";
import { Dynamic } from "../protocol/dynamic";
import { Unknown } from "../protocol/unknown";

/** Compares two values of one type. An unknown value is the same as nothing, itself included. */
export function sameValue(left: unknown, right: unknown, type: CtyType): boolean {
  if (left instanceof Unknown || right instanceof Unknown) return false;
  const [a, b] = [left ?? null, right ?? null];
  if (a === null || b === null) return a === b;
  if (type === "number") return digits(a) === digits(b);
  if (type === "dynamic") return sameDynamic(a, b);
  if (typeof type === "string") return a === b;
  return sameCompound(a, b, type);
}

function digits(value: unknown): unknown {
  if (value instanceof Decimal) return value.text;
  return typeof value === "number" ? plainDigits(value) : value;
}

function sameDynamic(left: unknown, right: unknown): boolean {
  if (!(left instanceof Dynamic) || !(right instanceof Dynamic)) return false;
  return canonical(left.type) === canonical(right.type)
    ? sameValue(left.value, right.value, left.type)
    : false;
}

function sameCompound(left: unknown, right: unknown, type: Exclude<CtyType, string>): boolean {
  switch (type[0]) {
    case "list":
      return sameItems(left, right, () => type[1]);
    case "tuple":
      return sameItems(left, right, (n) => type[1][n] ?? "dynamic");
    case "set":
      return sameSet(left, right, type[1]);
    case "map":
      return sameKeys(left, right) && sameEntries(left, right, () => type[1]);
    default:
      return sameEntries(left, right, (name) => type[1][name] ?? "dynamic");
  }
}

function sameItems(left: unknown, right: unknown, typeAt: (index: number) => CtyType): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((it, n) => sameValue(it, right[n], typeAt(n)));
}

function sameSet(left: unknown, right: unknown, type: CtyType): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  const rest = [...(right as readonly unknown[])];
  return left.every((it) => {
    const found = rest.findIndex((other) => sameValue(it, other, type));
    if (found >= 0) rest.splice(found, 1);
    return found >= 0;
  });
}

/** In a map a null is an element; in an object it is the same as nothing. */
function sameKeys(left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((it) => Object.hasOwn(right, it));
}

function sameEntries(left: unknown, right: unknown, typeOf: (key: string) => CtyType): boolean {
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => {
    const both = Object.hasOwn(left, key) && Object.hasOwn(right, key);
    return both
      ? sameValue(left[key], right[key], typeOf(key))
      : (left[key] ?? right[key] ?? null) === null;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    isRecord(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );
}
