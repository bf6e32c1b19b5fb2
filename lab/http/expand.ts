/**
 * `include` and `exclude` (contract 1.3): associations are `{"href"}` until they are included, and
 * embedded objects become `{"href"}` when they are excluded. Works on finished answers, by their hrefs.
 */
import { type Query, queryList } from "./route";

/** Finds the full object behind an href; undefined when there is none that the caller may see. */
export type Resolve = (href: string) => object | undefined;

const DEEPEST = 3;

/** Names by their first part: `a.b,a.c` is a → b and c. */
type Paths = ReadonlyMap<string, readonly string[]>;

/** @returns the object with the query's wishes carried out; the object itself is left alone */
export function expand(value: object, query: Query, resolve: Resolve): object {
  const included = includeInto(value, namesOf(query, "include"), resolve, DEEPEST);
  return excludeFrom(included, namesOf(query, "exclude"));
}

function namesOf(query: Query, parameter: string): string[] {
  return [...queryList(query, parameter), ...queryList(query, `${parameter}[]`)]
    .flatMap((it) => it.split(","))
    .map((it) => it.trim())
    .filter((it) => it !== "");
}

function includeInto(
  value: object,
  names: readonly string[],
  resolve: Resolve,
  depth: number,
): object {
  if (depth === 0 || names.length === 0) return value;
  return mapFields(value, group(names), (it, rest) => {
    const full = isBareReference(it) ? (resolve(it.href) ?? it) : it;
    return includeInto(full, rest, resolve, depth - 1);
  });
}

function excludeFrom(value: object, names: readonly string[]): object {
  return mapFields(value, group(names), (it, rest) => {
    if (rest.length > 0) return excludeFrom(it, rest);
    return "href" in it ? { href: it.href } : it;
  });
}

/** Applies a change to every object in the named fields, element by element in lists. */
function mapFields(
  value: object,
  paths: Paths,
  change: (it: object, rest: readonly string[]) => object,
): object {
  const entries = Object.entries(value).map(([name, field]: [string, unknown]) => {
    const rest = paths.get(name);
    return [name, rest === undefined ? field : changeEach(field, (it) => change(it, rest))];
  });
  return Object.fromEntries(entries) as object;
}

function changeEach(field: unknown, change: (it: object) => object): unknown {
  if (Array.isArray(field)) return field.map((it: unknown) => changeEach(it, change));
  return typeof field === "object" && field !== null ? change(field) : field;
}

function group(names: readonly string[]): Paths {
  const paths = new Map<string, string[]>();
  for (const name of names) {
    const [head = "", ...tail] = name.split(".");
    const rest = paths.get(head) ?? [];
    paths.set(head, tail.length === 0 ? rest : [...rest, tail.join(".")]);
  }
  return paths;
}

function isBareReference(it: object): it is { readonly href: string } {
  return "href" in it && typeof it.href === "string" && Object.keys(it).length === 1;
}
