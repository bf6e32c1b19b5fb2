/** Mappings among values that come from outside: an object that is no list. Pure. */
import { WholeFloat } from "./whole-float";

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WholeFloat)
  );
}
