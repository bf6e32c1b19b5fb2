/** Values of attributes of type `dynamic`: they travel with their type. Pure. */
import type { CtyType } from "./cty-type";
import { Decimal } from "./decimal";

/** A value with the type it travelled with. */
export class Dynamic {
  /**
   * @param type - the value's type
   * @param value - as attributes of that type hold it
   */
  constructor(
    readonly type: CtyType,
    readonly value: unknown,
  ) {}
}

/** The value as plain data: wrappers gone, numbers beyond a double as text. Unknowns stay. */
export function toPlain(value: unknown): unknown {
  if (value instanceof Dynamic) return toPlain(value.value);
  if (value instanceof Decimal) return value.text;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value === null || typeof value !== "object" || isInstance(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, toPlain(it)]));
}

function isInstance(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}
