/** Paths of faults (`hosts["a-0"].port`) and the paths of Terraform's diagnostics. Pure. */
import type { AttributePath, Step } from "../protocol/messages/common";

/** Names, keys and indexes from the outermost value. */
export type ValuePath = readonly (string | number)[];

const SEGMENT = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** Splits a fault's path into its steps. */
export function parsePath(path: string): ValuePath {
  return [...path.matchAll(SEGMENT)].map(([, key, index, name]) => {
    if (index !== undefined) return Number(index);
    return key === undefined ? (name ?? "") : key.replace(/\\(.)/g, "$1");
  });
}

/** Writes a path as text: names with dots, indexes and odd keys in brackets. */
export function formatPath(path: ValuePath): string {
  const parts = path.map((step, n) => {
    if (typeof step === "number") return `[${step}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
    return n === 0 ? step : `.${step}`;
  });
  return parts.join("");
}

/**
 * The path of a diagnostic: two steps at most, the second as a key. Terraform shows the
 * exact line of a nested value only then; a deeper path leads to the header, or to a wrong line.
 * @param path - the full path
 * @param names - attributes of the schema; a path to anything else would show no line at all
 */
export function toAttributePath(
  path: ValuePath,
  names: readonly string[],
): AttributePath | undefined {
  const [first, second] = path;
  if (typeof first !== "string" || !names.includes(first)) return undefined;
  const steps: Step[] = [{ attribute_name: first }];
  if (typeof second === "number") steps.push({ element_key_int: second });
  if (typeof second === "string") steps.push({ element_key_string: second });
  return { steps };
}

/** A full path as Terraform wants it for replacements: names of attributes, keys of elements. */
export function toExactPath(path: readonly Step[]): AttributePath {
  return { steps: path };
}
