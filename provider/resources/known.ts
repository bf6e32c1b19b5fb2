/** Values of a plan of which the unknown ones do not matter: they are what the API decides. Pure. */
import { Unknown } from "../framework/unknown";

/** The value, or null while it is unknown. */
export function known<T>(value: T | Unknown): T | null {
  return value instanceof Unknown ? null : value;
}

/** The list without what is unknown; null when the list itself is. */
export function knownList<T>(
  value: readonly (T | Unknown)[] | Unknown | null,
): readonly T[] | null {
  if (value === null || value instanceof Unknown) return null;
  return value.filter((it): it is Exclude<typeof it, Unknown> => !(it instanceof Unknown));
}
