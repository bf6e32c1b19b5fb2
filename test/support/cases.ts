/** Table cases as data: one JSON file a case, so that the folder's listing reads as a specification. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A case with the name of its file. */
export type Named<T> = T & { readonly name: string };

/**
 * Reads every `*.json` of a folder, sorted by name.
 * @throws when the folder holds no case, so that a moved folder cannot pass silently
 */
export function loadCases<T extends object>(folder: string): Named<T>[] {
  const files = readdirSync(folder)
    .filter((it) => it.endsWith(".json"))
    .sort();
  if (files.length === 0) throw new Error(`no cases in ${folder}`);
  return files.map((file) => ({
    ...(JSON.parse(readFileSync(path.join(folder, file), "utf8")) as T),
    name: file.replace(/\.json$/, ""),
  }));
}
