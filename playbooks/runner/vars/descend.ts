/** Follows a path into data, as Jinja2 does: only into what the data itself holds. Pure. */
import { isMapping } from "../../../core/mapping";
import { ownName } from "../../model/mapping-keys";
import type { Found } from "../template/templar";

/** The part of a value at a path. */
export function descend(value: unknown, name: string, path: readonly (string | number)[]): Found {
  let rest = value;
  let so = name;
  for (const key of path) {
    const next = member(rest, key);
    if (!next.found) return { found: false, reason: `'${so}' has no '${key}'` };
    rest = next.value;
    so = `${so}.${key}`;
  }
  return { found: true, value: rest };
}

function member(value: unknown, key: string | number): Found {
  const missing = { found: false, reason: "" } as const;
  if (Array.isArray(value) || typeof value === "string") {
    // Python counts letters, not halves of them.
    const items: readonly unknown[] = typeof value === "string" ? Array.from(value) : value;
    const position = typeof key === "number" ? key : Number.NaN;
    const index = position < 0 ? items.length + position : position;
    return Number.isInteger(index) && index >= 0 && index < items.length
      ? { found: true, value: items[index] }
      : missing;
  }
  if (!isMapping(value)) return missing;
  const name = ownName(value, key);
  return name === undefined ? missing : { found: true, value: value[name] };
}
