/**
 * What a computed name of a file can mean. Of a loop over names, or of `first_found`, the names stand in the playbook: without
 * them, a name that is nothing but a template would mean every file. Pure.
 */
import { posix } from "node:path";
import { isMapping } from "../../core/mapping";
import type { Cursor } from "./cursor";
import type { Loop, LoopKind } from "./play";
import { isTemplate } from "./template/tokens";
import { filesLike, type FileQuery } from "./travelling";
import type { TravellingFiles } from "./source";

const LOOPS: readonly string[] = ["items", "list", "first_found", "flattened"] satisfies LoopKind[];

/** A step that names a file. */
export interface Naming {
  readonly at: Cursor;
  readonly loop: Loop | undefined;
}

/** Paths of the files that a name can mean. */
export function filesMeant(files: TravellingFiles, query: FileQuery, naming: Naming): string[] {
  const names = namesMeant(query.path, naming);
  const paths = names.flatMap((path) => filesLike(files, { ...query, path }));
  return [...new Set(paths)];
}

function namesMeant(name: string, { at, loop }: Naming): readonly string[] {
  const [, inner = ""] = /^\{\{-?([\s\S]*?)-?\}\}$/.exec(name.trim()) ?? [];
  if (inner.trim() === loop?.loopVar && LOOPS.includes(loop.lookup)) {
    return namesIn(loop.items) ?? [name];
  }
  const [, variable] = /\bfirst_found['"]\s*,\s*(\w+)\s*\)/.exec(inner) ?? [];
  const vars = at.at("vars").mapping ?? {};
  return (variable === undefined ? undefined : namesIn(vars[variable])) ?? [name];
}

/** Texts, and mappings with `files` and `paths`; undefined for anything else, of which nothing is known. */
function namesIn(value: unknown): readonly string[] | undefined {
  const names: string[] = [];
  for (const it of [value].flat(2) as readonly unknown[]) {
    const found = typeof it === "string" ? [it] : isMapping(it) ? namesOf(it) : undefined;
    if (found?.every((one) => !isWhole(one)) !== true) return undefined;
    names.push(...found);
  }
  return names;
}

function namesOf({ files, paths }: Readonly<Record<string, unknown>>): string[] | undefined {
  const texts = (value: unknown): readonly string[] | undefined => {
    const all = [value].flat() as readonly unknown[];
    return all.every((it) => typeof it === "string") ? all : undefined;
  };
  const names = texts(files);
  const folders = paths === undefined ? [] : texts(paths);
  if (!names || !folders) return undefined;
  // A folder may be named from the playbook, or as role_path says.
  const below = folders.map((it) => it.replace(/^\{\{\s*(?:role_path|playbook_dir)\s*\}\}\//, ""));
  return [...names, ...below.flatMap((it) => names.map((name) => posix.join(it, name)))];
}

/** Nothing but a template, which may be any name. */
function isWhole(name: string): boolean {
  return isTemplate(name) && /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s.test(name);
}
