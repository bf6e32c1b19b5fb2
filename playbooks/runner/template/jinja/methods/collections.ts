/** Python's methods of lists and mappings. Those that change a value change the template's own copy of it. */
import { keyValue, ownName } from "../../../../model/mapping-keys";
import { TemplateFailure } from "../../failure";
import { equalityKey, pythonEqual, pythonStr } from "../../python";
import { dictKey, isDict, pairsOf, Tuple, Undefined } from "../../values";
import { countArgument, type Method } from "./method";

type Dict = Record<string, unknown>;

function list(value: unknown): unknown[] {
  if (Array.isArray(value) && !(value instanceof Tuple)) return value as unknown[];
  if (Array.isArray(value)) return [...(value as unknown[])];
  throw new TemplateFailure("other", "a list is needed");
}

function dict(value: unknown): Dict {
  if (isDict(value)) return value;
  throw new TemplateFailure("other", "a mapping is needed");
}

function define(target: Dict, key: string, value: unknown): void {
  // A plain assignment would change the prototype for the key __proto__.
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** By name. */
export const LIST_METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries<Method>({
    append: { least: 1, most: 1, run: (value, [item]) => (list(value).push(item), null) },
    extend: {
      least: 1,
      most: 1,
      run: (value, [items]) => (list(value).push(...list(items)), null),
    },
    insert: {
      least: 2,
      most: 2,
      run: (value, [at, item]) => (list(value).splice(countArgument(at), 0, item), null),
    },
    pop: {
      most: 1,
      run: (value, [at]) => {
        const items = list(value);
        const index = countArgument(at, -1);
        const found = items.splice(index < 0 ? items.length + index : index, 1);
        if (found.length === 0) throw new TemplateFailure("other", "pop: there is no such item");
        return found[0];
      },
    },
    remove: {
      least: 1,
      most: 1,
      run: (value, [item]) => {
        const at = list(value).findIndex((it) => pythonEqual(it, item));
        if (at < 0) throw new TemplateFailure("other", "remove: the item is not in the list");
        list(value).splice(at, 1);
        return null;
      },
    },
    index: {
      least: 1,
      run: (value, [item]) => {
        const at = list(value).findIndex((it) => pythonEqual(it, item));
        if (at < 0) throw new TemplateFailure("other", "index: the item is not in the list");
        return at;
      },
    },
    count: {
      least: 1,
      most: 1,
      run: (value, [item]) => {
        const key = equalityKey(item);
        return list(value).filter((it) => equalityKey(it) === key).length;
      },
    },
    copy: { most: 0, run: (value) => [...list(value)] },
    reverse: { most: 0, run: (value) => (list(value).reverse(), null) },
    clear: { most: 0, run: (value) => ((list(value).length = 0), null) },
  }),
);

/** By name. */
export const DICT_METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries<Method>({
    items: { most: 0, run: (value) => pairsOf(dict(value)) },
    keys: { most: 0, run: (value) => Object.keys(dict(value)).map(keyValue) },
    values: { most: 0, run: (value) => Object.values(dict(value)) },
    get: {
      least: 1,
      most: 2,
      takesUndefined: true,
      run: (value, [key, fallback = null]) => {
        if (key instanceof Undefined) throw key.failure();
        const name = ownName(dict(value), key);
        return name === undefined ? fallback : dict(value)[name];
      },
    },
    copy: { most: 0, run: (value) => Object.fromEntries(Object.entries(dict(value))) },
    update: {
      most: 1,
      keywords: "any",
      run: (value, [other = {}], named) => {
        const more = Array.isArray(other)
          ? (other as unknown[]).map((it) => [dictKey(list(it)[0]), list(it)[1]] as const)
          : Object.entries(dict(other));
        for (const [key, it] of [...more, ...Object.entries(named)]) define(dict(value), key, it);
        return null;
      },
    },
    setdefault: {
      least: 1,
      most: 2,
      run: (value, [key, fallback = null]) => {
        const name = ownName(dict(value), key) ?? dictKey(key);
        if (!Object.hasOwn(dict(value), name)) define(dict(value), name, fallback);
        return dict(value)[name];
      },
    },
    pop: {
      least: 1,
      most: 2,
      run: (value, [key, fallback]) => {
        const name = ownName(dict(value), key) ?? dictKey(key);
        const own = Object.hasOwn(dict(value), name);
        if (!own && fallback === undefined) {
          throw new TemplateFailure("other", `pop: there is no key '${pythonStr(key)}'`);
        }
        const found = own ? dict(value)[name] : fallback;
        Reflect.deleteProperty(dict(value), name);
        return found;
      },
    },
    clear: {
      most: 0,
      run: (value) => {
        for (const key of Object.keys(dict(value))) Reflect.deleteProperty(dict(value), key);
        return null;
      },
    },
  }),
);
