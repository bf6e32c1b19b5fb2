/** Lookups that make lists of lists: what `with_…` loops over. Pure. */
import { readKeyValues } from "../../../model/key-values";
import { keyValue } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { formatPercent } from "../filters/format";
import { plainNumber } from "../numbers";
import { pythonBool, pythonStr, pythonType } from "../python";
import { isDict, Tuple, type Named } from "../values";
import type { Lookups } from "./lookup";

type Items = readonly unknown[];

const MAX_ITEMS = 100_000;

/** Lookups that make lists. */
export const DATA_LOOKUPS: Lookups = {
  items: { run: flattenOnce },
  list: { run: (terms) => terms },
  dict: { run: (terms) => terms.flat().flatMap(pairsOf) },
  flattened: { run: flattened },
  together: { run: together },
  nested: { run: product },
  cartesian: { run: product },
  subelements: { options: ["skip_missing"], run: subelements },
  sequence: {
    options: ["start", "end", "count", "stride", "format"],
    run: (terms, { options }) =>
      terms.length === 0
        ? numbers(options)
        : terms.flat().flatMap((it) => numbers({ ...readSequence(pythonStr(it)), ...options })),
  },
  indexed_items: { run: (terms) => flattenOnce(terms).map((it, index) => Tuple.of1([index, it])) },
};

function flattenOnce(terms: Items): unknown[] {
  return terms.flat(1);
}

function flattened(terms: Items): unknown[] {
  return terms.flat(Infinity).filter((it) => it !== null && it !== "None" && it !== "null");
}

function asList(value: unknown): Items {
  return Array.isArray(value) ? (value as Items) : [value];
}

function pairsOf(term: unknown): unknown[] {
  if (!isDict(term)) throw refusal(`dict needs a mapping, not ${pythonType(term)}`);
  return Object.entries(term).map(([key, value]) => ({ key: keyValue(key), value }));
}

function together(terms: Items): unknown[] {
  const lists = terms.map(asList);
  if (lists.length === 0) throw refusal("together needs at least one list");
  const length = Math.max(0, ...lists.map((it) => it.length));
  return Array.from({ length }, (_, index) => lists.map((it) => it[index] ?? null));
}

function product(terms: Items): unknown[][] {
  if (terms.length === 0) throw refusal("nested needs at least one list");
  return terms.reduce<unknown[][]>(
    (rows, list) => {
      const next = rows.flatMap((row) => asList(list).map((it) => [...row, it]));
      if (next.length > MAX_ITEMS) throw refusal("the product has too many items");
      return next;
    },
    [[]],
  );
}

function subelements(terms: Items, { options }: { readonly options: Named }): Items {
  const [list, key, flags] = terms;
  const skip = isDict(flags) ? flags.skip_missing : options.skip_missing;
  const skips = skip !== undefined && pythonBool(skip);
  if (typeof key !== "string") throw refusal("subelements needs a list and a key");
  const items = isDict(list) ? Object.values(list) : list;
  if (!Array.isArray(items)) throw refusal("subelements needs a list and a key");
  return (items as Items).flatMap((item) => {
    const inner = key
      .split(".")
      .reduce<unknown>(
        (it, name) => (isDict(it) && Object.hasOwn(it, name) ? it[name] : undefined),
        item,
      );
    if (Array.isArray(inner)) return inner.map((it: unknown) => [item, it]);
    if (inner === undefined && skips) return [];
    throw refusal(`subelements found no list '${key}' in ${pythonStr(item)}`);
  });
}

const SHORT =
  /^(?:(?<start>0x[\da-f]+|-?\d+)-)?(?<end>0x[\da-f]+|-?\d+)(?:\/(?<stride>-?\d+))?(?::(?<format>.+))?$/i;

/** `start=0 end=5 stride=2 format=host%02d`, or `0-5/2:host%02d`. */
function readSequence(text: string): Named {
  return SHORT.exec(text.trim())?.groups ?? readKeyValues(text).values;
}

function numbers(given: Named): string[] {
  const number = (key: string): number | undefined => {
    const value = given[key];
    if (value === undefined) return undefined;
    return typeof value === "string" ? Number(value) : (plainNumber(value) ?? NaN);
  };
  const start = number("start") ?? 1;
  const stride = number("stride") ?? ((number("end") ?? start) < start ? -1 : 1);
  const count = number("count");
  const end = number("end") ?? (count === undefined ? undefined : start + stride * (count - 1));
  if (end === undefined || [start, stride, end].some((it) => !Number.isSafeInteger(it))) {
    throw refusal("sequence needs whole numbers, and an end or a count");
  }
  if (count === 0 || stride === 0) return [];
  const length = Math.max(0, Math.floor((end - start) / stride) + 1);
  if (length > MAX_ITEMS) throw refusal(`sequence: ${length} items are too many`);
  const pattern = pythonStr(given.format ?? "%d");
  return Array.from({ length }, (_, index) => formatPercent(pattern, [start + index * stride]));
}

function refusal(problem: string): TemplateFailure {
  return new TemplateFailure("other", `the lookup ${problem}`);
}
