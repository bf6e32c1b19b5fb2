/** Filters on mappings, and those that choose between values. Pure. */
import { keyValue, ownName } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { memberOf } from "../jinja/members";
import { pythonBool, pythonStr, pythonType } from "../python";
import { dictKey, isDict, pairsOf, Undefined } from "../values";
import type { Callable, Callables } from "./callable";
import { distinct, listOf } from "./collections";

const orElse: Callable = {
  params: ["default_value", "boolean"],
  takesUndefined: true,
  run: (value, [fallback = "", falsy]) => {
    const missing = value instanceof Undefined;
    return missing || (pythonBool(falsy ?? false) && !pythonBool(value)) ? fallback : value;
  },
};

/** Filters on mappings, and those that choose between values. */
export const MAPPING_FILTERS: Callables = {
  default: orElse,
  d: orElse,
  combine: {
    variadic: true,
    keywords: ["recursive", "list_merge"],
    run: (value, args, { named }) => {
      const merge = LIST_MERGES.get(pythonStr(named.list_merge ?? "replace"));
      if (!merge) throw new TemplateFailure("other", "combine: unknown list_merge");
      const all = [value, ...args].flat().map(mappingOf);
      return all.reduce((left, right) => combine(left, right, named.recursive === true, merge), {});
    },
  },
  items: {
    takesUndefined: true,
    run: (value) => (value instanceof Undefined ? [] : pairsOf(mappingOf(value))),
  },
  dict2items: {
    params: ["key_name", "value_name"],
    run: (value, [key = "key", name = "value"]) =>
      Object.entries(mappingOf(value)).map(([k, v]) => ({
        [pythonStr(key)]: keyValue(k),
        [pythonStr(name)]: v,
      })),
  },
  items2dict: {
    params: ["key_name", "value_name"],
    run: (value, [key = "key", name = "value"]) => {
      if (!Array.isArray(value)) throw new TemplateFailure("other", "items2dict needs a list");
      return Object.fromEntries(
        (value as unknown[]).map((it) => [dictKey(needed(it, key)), needed(it, name)]),
      );
    },
  },
  rekey_on_member: {
    params: ["key", "duplicates"],
    run: (value, [key, duplicates = "error"]) => {
      const items = isDict(value) ? Object.values(value) : listOf(value);
      const keys = items.map((it) => dictKey(needed(mappingOf(it), key)));
      if (duplicates === "error" && distinct(keys).length < keys.length) {
        throw new TemplateFailure(
          "other",
          `rekey_on_member: a value of ${pythonStr(key)} is there twice`,
        );
      }
      return Object.fromEntries(items.map((it, index) => [keys[index] ?? "", it]));
    },
  },
  ternary: {
    params: ["true_val", "false_val", "none_val"],
    takesUndefined: true,
    run: (value, [yes, no, none]) => {
      if (yes === undefined || no === undefined) {
        throw new TemplateFailure("other", "ternary needs two values");
      }
      if (value === null && none !== undefined && none !== null) return none;
      return pythonBool(value) ? yes : no;
    },
  },
  mandatory: {
    params: ["msg"],
    takesUndefined: true,
    run: (value, [message]) => {
      if (!(value instanceof Undefined)) return value;
      const own = `a mandatory variable is not defined: ${value.reason}`;
      throw new TemplateFailure("undefined", message === undefined ? own : pythonStr(message));
    },
  },
  type_debug: { takesUndefined: true, run: pythonType },
  attr: { params: ["name"], run: () => new Undefined("data has no attributes") },
};

type Mapping = Readonly<Record<string, unknown>>;
type ListMerge = (left: readonly unknown[], right: readonly unknown[]) => readonly unknown[];

const LIST_MERGES: ReadonlyMap<string, ListMerge> = new Map<string, ListMerge>([
  ["replace", (_left, right) => right],
  ["keep", (left) => left],
  ["append", (left, right) => [...left, ...right]],
  ["prepend", (left, right) => [...right, ...left]],
  ["append_rp", (left, right) => [...lacking(left, right), ...right]],
  ["prepend_rp", (left, right) => [...right, ...lacking(left, right)]],
]);

/** Items that the other list lacks. */
function lacking(items: readonly unknown[], other: readonly unknown[]): unknown[] {
  const count = distinct(other).length;
  return items.filter((it) => distinct([...other, it]).length > count);
}

/** A mapping. @throws TemplateFailure when it is none */
export function mappingOf(value: unknown): Mapping {
  if (value instanceof Undefined) throw value.failure();
  if (isDict(value)) return value;
  throw new TemplateFailure(
    "other",
    `a mapping is needed, not a value of the type ${pythonType(value)}`,
  );
}

function needed(value: unknown, key: unknown): unknown {
  const found = memberOf(value, key);
  if (!(found instanceof Undefined)) return found;
  throw new TemplateFailure("other", `there is no key '${pythonStr(key)}' in ${pythonStr(value)}`);
}

function combine(left: Mapping, right: Mapping, recursive: boolean, merge: ListMerge): Mapping {
  const merged = Object.entries(right).map(([name, it]): [string, unknown] => {
    const key = ownName(left, keyValue(name)) ?? name;
    const mine = Object.hasOwn(left, key) ? left[key] : undefined;
    if (Array.isArray(mine) && Array.isArray(it)) return [key, merge(mine, it)];
    const both = recursive && isDict(mine) && isDict(it);
    return [key, both ? combine(mine, it, true, merge) : it];
  });
  return Object.fromEntries([...Object.entries(left), ...merged]);
}
