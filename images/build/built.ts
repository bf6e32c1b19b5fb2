/**
 * What was built once and is kept in the cache: a folder named after its inputs, published
 * by one rename, so that a half-built one is never seen and a published one never changes.
 */
import { createHash } from "node:crypto";
import { access, chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { withFileLock } from "./file-lock";

/** Where builders work and whom they tell. */
export interface BuildContext {
  /** Root of the cache; see core/folders.ts. */
  readonly cacheFolder: string;
  /** Takes one line of progress. */
  readonly report: (line: string) => void;
}

/** Something to build. */
export interface Recipe {
  /** First part of the folder's name, such as `kernel-trixie-rt`. */
  readonly name: string;
  /** All that decides the result, as JSON data: package versions, scripts, file lists. */
  readonly inputs: unknown;
  /** Fills the empty folder that it is given. */
  readonly build: (folder: string) => Promise<void>;
}

/** Path of the folder in which a recipe's result is, or will be. */
export function builtFolder(cacheFolder: string, { name, inputs }: Omit<Recipe, "build">): string {
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
  return path.join(cacheFolder, "built", `${name}-${key}`);
}

/** Builds unless built before; two processes never build the same at once. */
export async function ensureBuilt(
  { cacheFolder, report }: BuildContext,
  recipe: Recipe,
  { signal }: CallOptions,
): Promise<string> {
  const folder = builtFolder(cacheFolder, recipe);
  if (await exists(folder)) return folder;
  return await withFileLock(
    `${folder}.lock`,
    async () => {
      if (await exists(folder)) return folder;
      report(`building ${recipe.name}`);
      await mkdir(path.dirname(folder), { recursive: true });
      const temporary = await mkdtemp(`${folder}.tmp-`);
      try {
        await chmod(temporary, 0o755);
        await recipe.build(temporary);
        await rename(temporary, folder);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
      return folder;
    },
    { signal },
  );
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
