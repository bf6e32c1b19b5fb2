/** Filters of Ansible on lists. Pure. */
import { keyValue } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { HostVariables } from "../jinja/host-variables";
import { letters, memberOf } from "../jinja/members";
import { isInteger } from "../numbers";
import { equalityKey, pythonStr, pythonType } from "../python";
import { isDict, Tuple, Undefined } from "../values";
import type { Callable, Callables } from "./callable";

const MAX_ITEMS = 100_000;

/** Filters of Ansible on lists. */
export const COLLECTION_FILTERS: Callables = {
  unique: {
    params: ["case_sensitive", "attribute"],
    run: (value, [sensitive, attribute]) => {
      const read = (it: unknown): unknown =>
        attribute === undefined || attribute === null ? it : attributeOf(it, attribute);
      const items = listOf(value);
      // What Python cannot hash is compared as it is.
      const folds = sensitive !== true && items.every((it) => !isCollection(read(it)));
      return distinct(items, (item) => {
        const it = read(item);
        return equalityKey(folds && typeof it === "string" ? it.toLowerCase() : it);
      });
    },
  },
  union: { params: ["b"], run: (value, [other]) => distinct([...listOf(value), ...listOf(other)]) },
  intersect: {
    params: ["b"],
    run: (value, [other]) => {
      const keys = keysOf(other);
      return distinct(listOf(value)).filter((it) => keys.has(equalityKey(it)));
    },
  },
  difference: { params: ["b"], run: (value, [other]) => without(value, other) },
  symmetric_difference: {
    params: ["b"],
    run: (value, [other]) => [...without(value, other), ...without(other, value)],
  },
  flatten: {
    params: ["levels", "skip_nulls"],
    run: (value, [levels, skips]) =>
      flatten(listOf(value), isInteger(levels) ? Number(levels) : Infinity, skips !== false),
  },
  zip: {
    variadic: true,
    keywords: ["strict"],
    run: (value, args, { named }) => {
      const lists = [value, ...args].map(listOf);
      const lengths = lists.map((it) => it.length);
      if (named.strict === true && new Set(lengths).size > 1) {
        throw new TemplateFailure("other", "zip: the lists are of different lengths");
      }
      return rows(Math.min(...lengths), (index) => lists.map((it) => it[index]));
    },
  },
  zip_longest: {
    variadic: true,
    keywords: ["fillvalue"],
    run: (value, args, { named }) => {
      const lists = [value, ...args].map(listOf);
      const fill = named.fillvalue ?? null;
      return rows(Math.max(...lists.map((it) => it.length)), (index) =>
        lists.map((it) => (index < it.length ? it[index] : fill)),
      );
    },
  },
  product: {
    variadic: true,
    keywords: ["repeat"],
    run: (value, args, { named }) => {
      const lists = [value, ...args].map(listOf);
      const times = isInteger(named.repeat) ? Number(named.repeat) : 1;
      return Array.from({ length: times }, () => lists)
        .flat()
        .reduce<unknown[][]>(
          (all, list) => checkSize(all.flatMap((row) => list.map((it) => [...row, it]))),
          [[]],
        )
        .map((it) => Tuple.of1(it));
    },
  },
  combinations: {
    params: ["r"],
    run: (value, [size]) => choose(listOf(value), Number(size), true),
  },
  permutations: {
    params: ["r"],
    run: (value, [size]) => {
      const items = listOf(value);
      return choose(
        items,
        size === undefined || size === null ? items.length : Number(size),
        false,
      );
    },
  },
  subelements: { params: ["subelements", "skip_missing"], run: subelements },
  extract: extractFilter(),
};

/** A list; a mapping gives its keys and a text its letters. @throws TemplateFailure when it is none of them */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return letters(value);
  if (value instanceof Undefined) throw value.failure();
  if (value instanceof HostVariables) return Object.keys(value.all());
  if (isDict(value)) return Object.keys(value).map(keyValue);
  throw new TemplateFailure(
    "other",
    `a list is needed, not a value of the type ${pythonType(value)}`,
  );
}

/** A member by a path with dots, as Jinja2's filters take them. */
export function attributeOf(value: unknown, path: unknown): unknown {
  if (isInteger(path)) return memberOf(value, path);
  return pythonStr(path)
    .split(".")
    .reduce((it, key) => memberOf(it, /^\d+$/.test(key) ? Number(key) : key), value);
}

/** Items without those that were there before. */
export function distinct(
  items: readonly unknown[],
  keyOf: (it: unknown) => string = equalityKey,
): unknown[] {
  const seen = new Map<string, unknown>();
  for (const it of items) {
    const key = keyOf(it);
    if (!seen.has(key)) seen.set(key, it);
  }
  return [...seen.values()];
}

/** @throws TemplateFailure when there are too many */
export function checkSize<T>(items: T[]): T[] {
  if (items.length > MAX_ITEMS) throw new TemplateFailure("other", "there are too many items");
  return items;
}

function extractFilter(): Callable {
  return {
    params: ["container", "morekeys"],
    run: (value, [container, more]) => {
      const keys = more === undefined || more === null ? [] : [more].flat();
      const path = keys.map((it) => (isInteger(it) ? Number(it) : pythonStr(it)));
      if (container instanceof HostVariables) return container.find(pythonStr(value), path);
      return [value, ...keys].reduce(memberOf, container);
    },
  };
}

function rows(length: number, make: (index: number) => unknown[]): Tuple[] {
  return Array.from({ length }, (_, index) => Tuple.of1(make(index)));
}

function flatten(items: readonly unknown[], levels: number, skipsNulls: boolean): unknown[] {
  return items.flatMap((it) => {
    const isNull = it === null || it === "None" || it === "null";
    if (isNull && skipsNulls) return [];
    return Array.isArray(it) && levels > 0 ? flatten(it, levels - 1, skipsNulls) : [it];
  });
}

function choose(items: readonly unknown[], size: number, ordered: boolean): Tuple[] {
  if (!Number.isInteger(size) || size < 0) {
    throw new TemplateFailure("other", "the size must be a whole number");
  }
  let all: number[][] = [[]];
  for (let length = 0; length < size; length += 1) {
    all = checkSize(
      all.flatMap((row) =>
        items.flatMap((_, index) =>
          (ordered ? index > (row.at(-1) ?? -1) : !row.includes(index)) ? [[...row, index]] : [],
        ),
      ),
    );
  }
  return all.map((row) => Tuple.of1(row.map((index) => items[index])));
}

function subelements(value: unknown, [path, skips]: readonly unknown[]): unknown[] {
  const items = isDict(value) ? Object.values(value) : listOf(value);
  const keys = Array.isArray(path) ? (path as unknown[]) : pythonStr(path).split(".");
  return items.flatMap((item) => {
    const inner = keys.reduce(memberOf, item);
    if (inner instanceof Undefined && skips === true) return [];
    if (!Array.isArray(inner)) {
      throw new TemplateFailure("other", `subelements: no list at ${pythonStr(path)}`);
    }
    return inner.map((it: unknown) => Tuple.of1([item, it]));
  });
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) || isDict(value);
}

function keysOf(list: unknown): ReadonlySet<string> {
  return new Set(listOf(list).map(equalityKey));
}

function without(list: unknown, other: unknown): unknown[] {
  const keys = keysOf(other);
  return distinct(listOf(list)).filter((it) => !keys.has(equalityKey(it)));
}

/** A member; undefined where there is none. */
export function memberOrNothing(value: unknown, key: unknown): unknown {
  const found = memberOf(value, key);
  return found instanceof Undefined ? undefined : found;
}
