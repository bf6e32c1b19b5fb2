/** Filters on mappings, and those that choose. Pure. */
import { STAND_INS } from "../compile";
import { TemplateFailure } from "../failure";
import { pythonBool, pythonStr, pythonType } from "../python";
import { argument, type Callables } from "./callable";
import { listOf, memberOf } from "./collections";

/** Filters on mappings, and those that choose. */
export const MAPPING_FILTERS: Callables = {
  combine: {
    nullable: true,
    keywords: ["recursive", "list_merge"],
    run: (value, args, { named }) => {
      const merge = LIST_MERGES.get(pythonStr(named.list_merge ?? "replace"));
      if (!merge) throw new TemplateFailure("other", "combine: unknown list_merge");
      const all = [value, ...args].flat().map(mappingOf);
      return all.reduce((left, right) => combine(left, right, named.recursive === true, merge), {});
    },
  },
  items: { run: (value) => Object.entries(mappingOf(value)) },
  dict2items: {
    keywords: ["key_name", "value_name"],
    run: (value, args, context) => {
      const key = pythonStr(argument(args, context, 0, "key_name") ?? "key");
      const name = pythonStr(argument(args, context, 1, "value_name") ?? "value");
      return Object.entries(mappingOf(value)).map(([k, v]) => ({ [key]: k, [name]: v }));
    },
  },
  items2dict: {
    keywords: ["key_name", "value_name"],
    run: (value, args, context) => {
      const key = argument(args, context, 0, "key_name") ?? "key";
      const name = argument(args, context, 1, "value_name") ?? "value";
      return Object.fromEntries(
        listOf(value).map((it) => [pythonStr(memberOf(it, key)), memberOf(it, name)]),
      );
    },
  },
  ternary: {
    nullable: true,
    run: (value, [yes = null, no = null, none]) => {
      if (value === null && none !== undefined) return none;
      return pythonBool(value) ? yes : no;
    },
  },
  mandatory: { keywords: ["msg"], run: (value) => value },
  type_debug: { nullable: true, run: pythonType },
  // With a second argument, `default` also replaces what is empty; see the compiler.
  [STAND_INS.default]: {
    nullable: true,
    run: (value, [fallback = "", falsy]) =>
      pythonBool(value) || !pythonBool(falsy ?? true) ? value : fallback,
  },
};

type Mapping = Readonly<Record<string, unknown>>;
type ListMerge = (left: readonly unknown[], right: readonly unknown[]) => readonly unknown[];

const LIST_MERGES: ReadonlyMap<string, ListMerge> = new Map([
  ["replace", (_left, right) => right],
  ["keep", (left) => left],
  ["append", (left, right) => [...left, ...right]],
  ["prepend", (left, right) => [...right, ...left]],
]);

/** A mapping. @throws TemplateFailure when it is none */
export function mappingOf(value: unknown): Mapping {
  if (pythonType(value) !== "dict") throw new TemplateFailure("other", "a mapping is needed");
  return Object.fromEntries(Object.entries(value as object));
}

function combine(left: Mapping, right: Mapping, recursive: boolean, merge: ListMerge): Mapping {
  const merged = Object.entries(right).map(([key, it]): [string, unknown] => {
    const mine = Object.hasOwn(left, key) ? left[key] : undefined;
    if (Array.isArray(mine) && Array.isArray(it)) return [key, merge(mine, it)];
    const both = recursive && pythonType(mine) === "dict" && pythonType(it) === "dict";
    return [key, both ? combine(mappingOf(mine), mappingOf(it), true, merge) : it];
  });
  return Object.fromEntries([...Object.entries(left), ...merged]);
}
