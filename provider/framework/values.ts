/** Objects of attributes by name, and looking into them without meeting inherited names. Pure. */
import { Unknown } from "./unknown";

/** Attributes by name, or elements by key. */
export type Values = Readonly<Record<string, unknown>>;

/** The value under a name; null where there is none. */
export function own(values: object, name: string): unknown {
  return Object.hasOwn(values, name) ? ((values as Values)[name] ?? null) : null;
}

/** Whether a value can be looked into: an object, a map or a list. */
export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !(value instanceof Unknown);
}
