/** Filters on lists. Pure. */
import { STAND_INS } from "../compile";
import { TemplateFailure } from "../failure";
import { equalityKey, pythonStr } from "../python";
import { argument, type Callables } from "./callable";

/** Filters on lists. */
export const COLLECTION_FILTERS: Callables = {
  join: {
    keywords: ["d", "attribute"],
    run: (value, args, context) => {
      const attribute = argument(args, context, 1, "attribute");
      const items = listOf(value).map((it) =>
        attribute === undefined ? it : memberOf(it, attribute),
      );
      return items.map(pythonStr).join(pythonStr(argument(args, context, 0, "d") ?? ""));
    },
  },
  unique: { run: (value) => distinct(listOf(value)) },
  union: { run: (value, [other]) => distinct([...listOf(value), ...listOf(other)]) },
  intersect: {
    run: (value, [other]) => {
      const keys = keysOf(other);
      return distinct(listOf(value)).filter((it) => keys.has(equalityKey(it)));
    },
  },
  difference: { run: (value, [other]) => without(value, other) },
  symmetric_difference: {
    run: (value, [other]) => [...without(value, other), ...without(other, value)],
  },
  flatten: {
    keywords: ["levels", "skip_nulls"],
    run: (value, args, context) => {
      const levels = argument(args, context, 0, "levels");
      const flat: unknown[] = listOf(value).flat(typeof levels === "number" ? levels : Infinity);
      return flat.filter((it) => it !== null || context.named.skip_nulls === false);
    },
  },
  zip: {
    run: (value, args) => {
      const lists = [value, ...args].map(listOf);
      const length = Math.min(...lists.map((it) => it.length));
      return Array.from({ length }, (_, index) => lists.map((it) => it[index]));
    },
  },
  zip_longest: {
    keywords: ["fillvalue"],
    run: (value, args, { named }) => {
      const lists = [value, ...args].map(listOf);
      const length = Math.max(...lists.map((it) => it.length));
      const fill = named.fillvalue ?? null;
      return Array.from({ length }, (_, index) =>
        lists.map((it) => (index < it.length ? it[index] : fill)),
      );
    },
  },
  product: {
    run: (value, args) =>
      [value, ...args].reduce<unknown[][]>(
        (rows, list) => checkSize(rows.flatMap((row) => listOf(list).map((it) => [...row, it]))),
        [[]],
      ),
  },
  subelements: {
    run: (value, [field]) =>
      listOf(value).flatMap((it) => listOf(memberOf(it, field)).map((inner) => [it, inner])),
  },
  extract: {
    run: (value, [container, ...path], context) => {
      const keys = path.flat();
      if (container === STAND_INS.hostvarsMark) return only(context.hostvar(value, keys), value);
      return [value, ...keys].reduce<unknown>(
        (rest, key) =>
          only(
            [memberOf(rest, key)].filter((it) => it !== undefined),
            key,
          ),
        container,
      );
    },
  },
};

const MAX_ITEMS = 100_000;

/** A list; a mapping gives its keys. @throws TemplateFailure when it is neither */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return Array.from(value);
  if (typeof value === "object" && value !== null) return Object.keys(value);
  throw new TemplateFailure("other", "a list is needed");
}

/** A member of a list or mapping by its key; undefined where there is none. */
export function memberOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return value.at(Number(key)) as unknown;
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === pythonStr(key))?.[1] as unknown;
}

function only(values: readonly unknown[], key: unknown): unknown {
  if (values.length === 0) throw new TemplateFailure("undefined", `extract: no ${pythonStr(key)}`);
  return values[0];
}

function distinct(items: readonly unknown[]): unknown[] {
  const seen = new Map<string, unknown>();
  for (const it of items) {
    const key = equalityKey(it);
    if (!seen.has(key)) seen.set(key, it);
  }
  return [...seen.values()];
}

function keysOf(list: unknown): ReadonlySet<string> {
  return new Set(listOf(list).map(equalityKey));
}

function without(list: unknown, other: unknown): unknown[] {
  const keys = keysOf(other);
  return distinct(listOf(list)).filter((it) => !keys.has(equalityKey(it)));
}

function checkSize<T>(items: T[]): T[] {
  if (items.length > MAX_ITEMS) throw new TemplateFailure("other", "product: too many items");
  return items;
}
