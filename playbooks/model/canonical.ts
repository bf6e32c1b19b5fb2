/** One text for equal values: keys sorted, so that the order in which things were written does not count. Pure. */

import { isMapping } from "../../core/mapping";
import { dataText } from "./data-text";

/** Canonical JSON; undefined members are left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isMapping(value)) {
    const members = Object.entries(value)
      .filter(([, it]) => it !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, it]) => `${JSON.stringify(key)}:${canonical(it)}`);
    return `{${members.join(",")}}`;
  }
  return dataText(value);
}
