/** What `with_…` makes of its terms, as Ansible's lookups of these names do. Pure. */
import { OuterFault } from "../../../core/faults";
import { isMapping } from "../../../core/mapping";
import type { LoopKind } from "../../model/play";
import { readKeyValues } from "../../model/key-values";
import { pythonStr, pythonType } from "../template/python";

type Items = readonly unknown[];
type Lookup = (terms: unknown) => Items;

/** By the word behind `with_`. @throws OuterFault AS2304 for terms of another shape */
export const LOOP_LOOKUPS: Readonly<Record<LoopKind, Lookup>> = {
  items: (terms) => flattenOnce(terms),
  list: (terms) => listOf(terms, "loop"),
  dict: (terms) => [terms].flat().flatMap(pairsOf),
  flattened: (terms) => [terms].flat(Infinity),
  together: (terms) => zip(listOf(terms, "with_together").map((it) => [it].flat())),
  nested: (terms) => product(listOf(terms, "with_nested")),
  cartesian: (terms) => product(listOf(terms, "with_cartesian")),
  subelements,
  sequence: (terms) => [terms].flat().flatMap((it) => sequence(pythonStr(it))),
  indexed_items: (terms) => flattenOnce(terms).map((it, index) => [index, it]),
};

function flattenOnce(terms: unknown): unknown[] {
  return (Array.isArray(terms) ? terms : [terms]).flat(1) as unknown[];
}

function listOf(terms: unknown, what: string): Items {
  if (Array.isArray(terms)) return terms as Items;
  throw refusal(`${what} needs a list, not ${pythonType(terms)}`);
}

function asList(value: unknown): Items {
  return Array.isArray(value) ? (value as Items) : [value];
}

function pairsOf(term: unknown): unknown[] {
  if (!isMapping(term)) throw refusal(`with_dict needs a mapping, not ${pythonType(term)}`);
  return Object.entries(term).map(([key, value]) => ({ key, value }));
}

function zip(lists: readonly Items[]): unknown[] {
  const length = Math.max(0, ...lists.map((it) => it.length));
  return Array.from({ length }, (_, index) => lists.map((it) => it[index] ?? null));
}

function product(lists: Items): unknown[][] {
  return lists.reduce<unknown[][]>(
    (rows, list) => rows.flatMap((row) => asList(list).map((it) => [...row, it])),
    [[]],
  );
}

function subelements(terms: unknown): Items {
  const [list, key, flags] = listOf(terms, "with_subelements");
  const skips = isMapping(flags) && flags.skip_missing === true;
  if (typeof key !== "string") throw refusal("with_subelements needs a list and a key");
  const items = isMapping(list) ? Object.values(list) : listOf(list, "with_subelements");
  return items.flatMap((item) => {
    const inner = key
      .split(".")
      .reduce<unknown>((it, name) => (isMapping(it) ? it[name] : undefined), item);
    if (Array.isArray(inner)) return inner.map((it: unknown) => [item, it]);
    if (inner === undefined && skips) return [];
    throw refusal(`with_subelements found no list '${key}' in ${pythonStr(item)}`);
  });
}

const SHORT =
  /^(?:(?<start>0x[\da-f]+|-?\d+)-)?(?<end>0x[\da-f]+|-?\d+)(?:\/(?<stride>-?\d+))?(?::(?<format>.+))?$/i;

/** `start=0 end=5 stride=2 format=host%02d`, or `0-5/2:host%02d`. */
function sequence(text: string): string[] {
  const given = SHORT.exec(text.trim())?.groups ?? readKeyValues(text).values;
  const number = (key: string): number | undefined =>
    given[key] === undefined ? undefined : Number(given[key]);
  const start = number("start") ?? 1;
  const stride = number("stride") ?? ((number("end") ?? start) < start ? -1 : 1);
  const count = number("count");
  const end = number("end") ?? (count === undefined ? undefined : start + stride * (count - 1));
  if (end === undefined || [start, stride, end].some((it) => !Number.isSafeInteger(it))) {
    throw refusal(`with_sequence cannot read "${text}"`);
  }
  if (count === 0 || stride === 0) return [];
  const length = Math.max(0, Math.floor((end - start) / stride) + 1);
  if (length > 100_000) throw refusal(`with_sequence: ${length} items are too many`);
  return Array.from({ length }, (_, index) => format(given.format ?? "%d", start + index * stride));
}

/** Python's `%` for one whole number. */
function format(pattern: string, value: number): string {
  return pattern.replace(
    /%(-|0)?(\d+)?([dixXos%])/g,
    (_, flag: string, width: string, kind: string) => {
      if (kind === "%") return "%";
      const radix = { x: 16, X: 16, o: 8 }[kind] ?? 10;
      const digits = kind === "X" ? value.toString(radix).toUpperCase() : value.toString(radix);
      if (flag === "-") return digits.padEnd(Number(width || 0));
      return digits.padStart(Number(width || 0), flag === "0" ? "0" : " ");
    },
  );
}

function refusal(problem: string): OuterFault {
  return new OuterFault("AS2304", { problem });
}
