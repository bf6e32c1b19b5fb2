/**
 * Python's numbers in JavaScript's: whole numbers are numbers, or bigints where numbers are not exact;
 * floats are numbers, or {@link WholeFloat} where they would look like whole ones. Pure.
 */

import { WholeFloat } from "../../../core/whole-float";

export { WholeFloat };

/** A whole number. */
export function integerOf(value: bigint): number | bigint {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}

/** A float. */
export function floatOf(value: number): number | WholeFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? new WholeFloat(value) : value;
}

/** Whether a value is a whole number; truths are not. */
export function isInteger(value: unknown): value is number | bigint {
  return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
}

/** Whether a value is a float. */
export function isFloat(value: unknown): value is number | WholeFloat {
  return value instanceof WholeFloat || (typeof value === "number" && !Number.isInteger(value));
}

/** Whether a value is a number; truths are not. */
export function isNumber(value: unknown): value is number | bigint | WholeFloat {
  return typeof value === "number" || typeof value === "bigint" || value instanceof WholeFloat;
}

/** A number or truth as JavaScript's number; undefined for anything else. */
export function plainNumber(value: unknown): number | undefined {
  if (typeof value === "boolean") return Number(value);
  return isNumber(value) ? Number(value) : undefined;
}

/** Python's `repr()` of a float. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (size >= 1e16 || size < 1e-4) {
    return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
  }
  const text = size >= 1e21 || size < 1e-6 ? value.toFixed(20) : String(value);
  if (text.includes("e")) return value.toFixed(6 + Math.ceil(-Math.log10(size)));
  return text.includes(".") ? text : `${text}.0`;
}
