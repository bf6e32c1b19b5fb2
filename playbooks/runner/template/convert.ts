/**
 * Values on their way into the template engine and out of it. The engine takes plain data only, gives
 * mappings back as `Map` and sorts their keys; the order that they had is remembered meanwhile.
 * Depth and size are bounded: the engine's memory is not ours to exhaust.
 */
import { TemplateFailure } from "./failure";

const MAX_DEPTH = 100;
const MAX_VALUES = 500_000;

/** Conversions of one rendering, which remember the order of keys. */
export class Conversion {
  readonly #orders = new Map<string, readonly string[]>();

  /** Plain data for the engine. @throws TemplateFailure when it is too deep or too large */
  toEngine(value: unknown): unknown {
    let left = MAX_VALUES;
    const convert = (it: unknown, depth: number): unknown => {
      left -= 1;
      if (depth > MAX_DEPTH || left < 0) {
        throw new TemplateFailure("other", "the value is too deep or too large for a template");
      }
      if (it === undefined || it === null) return null;
      if (Array.isArray(it)) return it.map((one) => convert(one, depth + 1));
      if (typeof it !== "object") return it;
      const entries = Object.entries(it);
      this.#remember(entries.map(([key]) => key));
      return Object.fromEntries(entries.map(([key, one]) => [key, convert(one, depth + 1)]));
    };
    return convert(value, 0);
  }

  /** Plain data from the engine: no `Map`, no undefined. */
  fromEngine(value: unknown): unknown {
    if (value === undefined || value === null) return null;
    if (Array.isArray(value)) return value.map((it) => this.fromEngine(it));
    if (!(value instanceof Map)) return value;
    const members = new Map<string, unknown>(
      [...value.entries()].map(([key, it]) => [String(key), this.fromEngine(it)]),
    );
    const keys = this.#orders.get(signature([...members.keys()])) ?? [...members.keys()];
    return Object.fromEntries(keys.map((key) => [key, members.get(key)]));
  }

  /** Mappings of the same keys in different orders are rare, and then the first order is taken. */
  #remember(keys: readonly string[]): void {
    if (keys.length < 2) return;
    const key = signature(keys);
    if (!this.#orders.has(key)) this.#orders.set(key, keys);
  }
}

function signature(keys: readonly string[]): string {
  return JSON.stringify([...keys].sort());
}
