/** Jinja2's filters that go through lists: choosing, sorting, grouping. Pure. */
import { TemplateFailure } from "../failure";
import { binary } from "../jinja/operators";
import { pythonBool, pythonEqual, pythonOrder, pythonStr } from "../python";
import { isDict, pairsOf, Tuple, Undefined } from "../values";
import type { Callable, CallContext, Callables } from "./callable";
import { attributeOf, listOf } from "./collections";

type Keep = (item: unknown, args: readonly unknown[], context: CallContext) => boolean;

const byTest: Keep = (item, [name, ...args], { test, named }) =>
  name === undefined ? pythonBool(item) : test(pythonStr(name), item, args, named);

const byAttribute: Keep = (item, [path, ...rest], context) =>
  byTest(attributeOf(item, path), rest, context);

const choosing = (keep: Keep, wanted: boolean): Callable => ({
  variadic: true,
  keywords: "any",
  run: (value, args, context) => iterable(value).filter((it) => keep(it, args, context) === wanted),
});

const extreme = (sign: 1 | -1): Callable => ({
  params: ["case_sensitive", "attribute"],
  run: (value, [sensitive, attribute]) => {
    const key = keyOf(attribute, sensitive === true);
    const items = listOf(value);
    if (items.length === 0) return new Undefined("there is no item in an empty list");
    return items.reduce((best, it) => (pythonOrder(key(it), key(best)) * sign > 0 ? it : best));
  },
});

const firstOrLast = (at: number): Callable => ({
  run: (value) => {
    const items = listOf(value);
    return items.length === 0 ? new Undefined("there is no item in an empty list") : items.at(at);
  },
});

/** Jinja2's filters that go through lists. */
export const CHOOSING_FILTERS: Callables = {
  select: choosing(byTest, true),
  reject: choosing(byTest, false),
  selectattr: choosing(byAttribute, true),
  rejectattr: choosing(byAttribute, false),
  map: {
    variadic: true,
    keywords: "any",
    takesUndefined: true,
    run: (value, args, context) => iterable(value).map((it) => mapped(it, args, context)),
  },
  list: { run: (value) => [...listOf(value)] },
  first: firstOrLast(0),
  last: firstOrLast(-1),
  min: extreme(-1),
  max: extreme(1),
  sort: {
    params: ["reverse", "case_sensitive", "attribute"],
    run: (value, [reverse, sensitive, attribute]) => {
      const paths = typeof attribute === "string" ? attribute.split(",") : [attribute];
      const keys = paths.map((it) => keyOf(it, sensitive === true));
      const order = (a: unknown, b: unknown): number => {
        for (const key of keys) {
          const [left, right] = [key(a), key(b)];
          const found = pythonEqual(left, right) ? 0 : pythonOrder(left, right);
          if (found !== 0) return pythonBool(reverse ?? false) ? -found : found;
        }
        return 0;
      };
      return listOf(value).toSorted(order);
    },
  },
  reverse: {
    run: (value) => {
      const turned = listOf(value).toReversed();
      return typeof value === "string" ? turned.join("") : turned;
    },
  },
  join: {
    params: ["d", "attribute"],
    run: (value, [separator, attribute]) =>
      listOf(value)
        .map((it) =>
          attribute === undefined || attribute === null ? it : attributeOf(it, attribute),
        )
        .map(pythonStr)
        .join(pythonStr(separator ?? "")),
  },
  sum: {
    params: ["attribute", "start"],
    run: (value, [attribute, start = 0]) =>
      listOf(value)
        .map((it) =>
          attribute === undefined || attribute === null ? it : attributeOf(it, attribute),
        )
        .reduce((left, right) => binary("+", left, right), start),
  },
  groupby: {
    params: ["attribute", "default", "case_sensitive"],
    run: (value, [attribute, fallback, sensitive]) => {
      const read = (it: unknown): unknown => {
        const found = attributeOf(it, attribute);
        return found instanceof Undefined && fallback !== undefined ? fallback : found;
      };
      const fold = (it: unknown): unknown =>
        sensitive !== true && typeof it === "string" ? it.toLowerCase() : it;
      const sorted = listOf(value).toSorted((a, b) => pythonOrder(fold(read(a)), fold(read(b))));
      const groups: { key: unknown; items: unknown[] }[] = [];
      for (const it of sorted) {
        const key = read(it);
        const last = groups.at(-1);
        if (last && pythonEqual(fold(last.key), fold(key))) last.items.push(it);
        else groups.push({ key, items: [it] });
      }
      return groups.map(({ key, items }) => Tuple.of1([key, items]));
    },
  },
  batch: {
    params: ["linecount", "fill_with"],
    run: (value, [count, fill]) => {
      const size = Math.max(1, Number(count));
      const items = listOf(value);
      return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => {
        const row = items.slice(index * size, (index + 1) * size);
        return fill === undefined || fill === null ? row : padded(row, size, fill);
      });
    },
  },
  slice: {
    params: ["slices", "fill_with"],
    run: (value, [count, fill]) => {
      const items = listOf(value);
      const slices = Number(count);
      if (!Number.isInteger(slices) || slices < 1 || slices > 100_000) {
        throw new TemplateFailure("other", "slice: the number must be 1 or more");
      }
      const size = Math.floor(items.length / slices);
      const more = items.length % slices;
      return Array.from({ length: slices }, (_, index) => {
        const from = index * size + Math.min(index, more);
        const row = items.slice(from, from + size + (index < more ? 1 : 0));
        const short = fill !== undefined && fill !== null && index >= more && more > 0;
        return short ? [...row, fill] : row;
      });
    },
  },
  dictsort: {
    params: ["case_sensitive", "by", "reverse"],
    run: (value, [sensitive, by, reverse]) => {
      if (!isDict(value)) throw new TemplateFailure("other", "dictsort: a mapping is needed");
      const at = by === "value" ? 1 : 0;
      const key = keyOf(at, sensitive === true);
      return pairsOf(value).sort(
        (a, b) => pythonOrder(key(a), key(b)) * (reverse === true ? -1 : 1),
      );
    },
  },
};

function iterable(value: unknown): readonly unknown[] {
  if (value instanceof Undefined) throw value.failure();
  if (value === null) throw new TemplateFailure("other", "a list is needed, not None");
  return listOf(value);
}

function mapped(item: unknown, args: readonly unknown[], { filter, named }: CallContext): unknown {
  const [name, ...rest] = args;
  if (name !== undefined) {
    if (name instanceof Undefined) throw name.failure();
    return filter(pythonStr(name), item, rest, named);
  }
  const { attribute, default: fallback } = named;
  if (attribute === undefined)
    throw new TemplateFailure("other", "map needs a filter or attribute");
  const found = attributeOf(item, attribute);
  return found instanceof Undefined && fallback !== undefined ? fallback : found;
}

function keyOf(attribute: unknown, sensitive: boolean): (item: unknown) => unknown {
  return (item) => {
    const it = attribute === undefined || attribute === null ? item : attributeOf(item, attribute);
    return !sensitive && typeof it === "string" ? it.toLowerCase() : it;
  };
}

function padded(row: readonly unknown[], size: number, fill: unknown): unknown[] {
  return [...row, ...Array.from({ length: size - row.length }, () => fill)];
}
