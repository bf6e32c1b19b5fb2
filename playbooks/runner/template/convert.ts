/**
 * Values on their way into the template engine and out of it. The engine takes plain data only and
 * gives mappings back as `Map`. Depth and size are bounded: its memory is not ours to exhaust.
 */
import { TemplateFailure } from "./failure";

const MAX_DEPTH = 100;
const MAX_VALUES = 500_000;

/** Plain data for the engine. @throws TemplateFailure when it is too deep or too large */
export function toEngine(value: unknown): unknown {
  let left = MAX_VALUES;
  const convert = (it: unknown, depth: number): unknown => {
    left -= 1;
    if (depth > MAX_DEPTH || left < 0) {
      throw new TemplateFailure("other", "the value is too deep or too large for a template");
    }
    if (it === undefined || it === null) return null;
    if (Array.isArray(it)) return it.map((one) => convert(one, depth + 1));
    if (it instanceof Map) return convert(Object.fromEntries(it), depth);
    if (typeof it !== "object") return it;
    return Object.fromEntries(
      Object.entries(it).map(([key, one]) => [key, convert(one, depth + 1)]),
    );
  };
  return convert(value, 0);
}

/** Plain data from the engine: no `Map`, no undefined. */
export function fromEngine(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(fromEngine);
  if (value instanceof Map) {
    return Object.fromEntries(
      [...value.entries()].map(([key, it]) => [String(key), fromEngine(it)] as const),
    );
  }
  return value;
}
