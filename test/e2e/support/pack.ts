/**
 * `npm pack` in a copy of the repository: it builds dist/ by itself, so that what is packed is never
 * an older build, and the dist/ that other programs use is not touched.
 */
import { cpSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { must } from "./run";
import { ROOT } from "./world";

/** The package as it would be published. */
export interface Tarball {
  readonly file: string;
  readonly bytes: number;
  /** Paths of its files, without the leading `package/`, sorted. */
  readonly entries: readonly string[];
}

const LEFT_OUT = new Set([".armstead", ".git", "cdktf.out", "coverage", "dist", "node_modules"]);

/**
 * Packs the repository.
 * @param folder - is made, and holds the copy and the tarball
 */
export async function pack(folder: string): Promise<Tarball> {
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (it) => it === ROOT || !LEFT_OUT.has(path.basename(it)),
  });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  await must("npm", ["pack"], { cwd: folder });
  const [name = ""] = readdirSync(folder).filter((it) => it.endsWith(".tgz"));
  const file = path.join(folder, name);
  const listed = await must("tar", ["-tzf", file], { cwd: folder });
  const entries = listed.trim().split("\n");
  return {
    file,
    bytes: statSync(file).size,
    entries: entries.map((it) => it.replace(/^package\//, "")).sort(),
  };
}
