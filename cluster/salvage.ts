/**
 * Takes what is malformed out of a file's content, so that the rules can judge the rest of it in the
 * same run: all faults are told at once. What a rule says because something was taken out is dropped. Pure.
 */
import type { z } from "zod";
import { type Finding, type ValuePath, valueAt } from "./finding";

/** Lists whose items are taken out one by one. */
const LISTS: readonly ValuePath[] = [
  ["pools"],
  ["registries", "mirrors"],
  ["access", "sshKeys"],
  ["bootstrap", "plays"],
  ["bootstrap", "destroyPlays"],
];
/** What stands in for a section that is malformed and cannot be left out. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  apiVersion: "armstead/v1",
  kind: "Cluster",
  metadata: { name: "unnamed" },
  substrate: { metal: { project: "unnamed", metro: "any", capacity: ["any"] } },
};
/** Rules about what the whole file lacks: they say nothing where something was taken out. */
const ABSENCE_CODES: readonly string[] = ["AS1217", "AS1218"];
/** Rules about what an item lacks: a misspelt key may have been it. */
const ITEM_ABSENCE_CODES: readonly string[] = ["AS1215", "AS1221"];

/** Content that may pass the schema, and the way back to the file. */
export interface Salvaged {
  readonly root: unknown;
  /** The finding with its path in the file; undefined when it follows from what was taken out. */
  restore(it: Finding): Finding | undefined;
}

/** See the header. */
export function salvage(root: unknown, issues: readonly z.core.$ZodIssue[]): Salvaged {
  const copy = structuredClone(root);
  const owners = issues.filter(({ code }) => code === "unrecognized_keys").map(pathOf);
  const paths = removeUnknownKeys(copy, issues);
  const sections = new Set<string>();
  const dropped = new Map(LISTS.map((list) => [list, new Set<number>()]));
  for (const path of paths) {
    const list = LISTS.find((it) => startsWith(path, it) && typeof path[it.length] === "number");
    const index = list && path[list.length];
    if (list && typeof index === "number") dropped.get(list)?.add(index);
    else sections.add(String(path[0] ?? ""));
  }
  const kept = LISTS.map((list) => ({ list, indexes: keep(copy, list, dropped.get(list)) }));
  for (const name of sections) replaceSection(copy, name);
  return {
    root: copy,
    restore: (it) => {
      const restored = restore(it, kept, sections);
      const lacks = ITEM_ABSENCE_CODES.includes(it.fault.code);
      return restored && lacks && owners.some((owner) => startsWith(restored.at, owner))
        ? undefined
        : restored;
    },
  };
}

function pathOf({ path }: z.core.$ZodIssue): ValuePath {
  return path.map((it) => (typeof it === "number" ? it : String(it)));
}

/** Unknown keys are taken out by themselves. @returns the paths of what remains malformed */
function removeUnknownKeys(root: unknown, issues: readonly z.core.$ZodIssue[]): ValuePath[] {
  return issues.flatMap((issue) => {
    const path = pathOf(issue);
    if (issue.code !== "unrecognized_keys") return [path];
    const owner = valueAt(root, path);
    if (typeof owner !== "object" || owner === null) return [];
    for (const key of issue.keys) Reflect.deleteProperty(owner, key);
    return [];
  });
}

function startsWith(path: ValuePath, start: ValuePath): boolean {
  return start.every((it, index) => path[index] === it);
}

/** Takes items out of a list. @returns the places that the others had */
function keep(root: unknown, list: ValuePath, dropped: ReadonlySet<number> = new Set()): number[] {
  const items = valueAt(root, list);
  if (!Array.isArray(items)) return [];
  const indexes = [...items.keys()].filter((it) => !dropped.has(it));
  const remaining = indexes.map((it): unknown => items[it]);
  items.splice(0, items.length, ...remaining);
  return indexes;
}

function replaceSection(root: unknown, name: string): void {
  if (typeof root !== "object" || root === null) return;
  if (Object.hasOwn(STAND_INS, name)) Object.assign(root, { [name]: STAND_INS[name] });
  else Reflect.deleteProperty(root, name);
}

function restore(
  it: Finding,
  kept: readonly { readonly list: ValuePath; readonly indexes: readonly number[] }[],
  sections: ReadonlySet<string>,
): Finding | undefined {
  if (sections.has(String(it.at[0])) || ABSENCE_CODES.includes(it.fault.code)) return undefined;
  const moved = kept.find(({ list }) => startsWith(it.at, list));
  const index = moved && it.at[moved.list.length];
  if (!moved || typeof index !== "number") return it;
  const at = [...it.at];
  at[moved.list.length] = moved.indexes[index] ?? index;
  return { ...it, at };
}
