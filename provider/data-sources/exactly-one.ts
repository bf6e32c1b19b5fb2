/** The check that a data source is told in exactly one way what to look up. Pure. */
import { fault, type Fault } from "../../core/faults";
import { Unknown } from "../framework/unknown";

/** Faults unless exactly one of the arguments is set; one that is still unknown counts as set. */
export function checkExactlyOne(config: Readonly<Record<string, unknown>>): Fault[] {
  const set = Object.values(config).filter((it) => it !== null && it !== undefined);
  if (set.length === 1 || set.some((it) => it instanceof Unknown)) return [];
  return [fault("AS1862", "", { allowed: Object.keys(config) })];
}

/** The fault of a look-up that found none, or several. */
export function notExactlyOne(
  path: string,
  given: string | null,
  found: number,
): ReturnType<typeof fault> {
  return fault("AS1863", path, { given, problem: `${found} objects found for` });
}
