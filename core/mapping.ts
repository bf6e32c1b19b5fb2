/** Mappings among values that come from outside: an object that is no list. Pure. */
import { WholeFloat } from "./whole-float";

/** A member by a name that comes from outside: `constructor` is none, unless the object has one of its own. */
export function member<T>(
  of: Readonly<Record<string, T>> | null | undefined,
  name: string,
): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WholeFloat)
  );
}
