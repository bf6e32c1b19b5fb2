/**
 * A file tree as data: what a node's root holds, before it becomes a folder or an archive.
 * Everything in it belongs to root.
 */
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** One file, folder or symbolic link. */
export type TreeEntry =
  | { readonly kind: "folder"; readonly path: string; readonly mode: number }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly mode: number;
      readonly content: Buffer | string;
    }
  | { readonly kind: "link"; readonly path: string; readonly target: string };

/** A folder; its path is relative to the root, without a leading slash. */
export function folder(at: string, mode = 0o755): TreeEntry {
  return { kind: "folder", path: at, mode };
}

/** A file. */
export function file(at: string, content: Buffer | string, mode = 0o644): TreeEntry {
  return { kind: "file", path: at, mode, content };
}

/** A program. */
export function program(at: string, content: Buffer | string): TreeEntry {
  return file(at, content, 0o755);
}

/** A symbolic link. */
export function link(at: string, target: string): TreeEntry {
  return { kind: "link", path: at, target };
}

/**
 * The entries with the folders that nobody named, sorted so that a folder comes before what
 * is in it. Of two entries of one path the later one stays.
 */
export function normalizeTree(entries: readonly TreeEntry[]): TreeEntry[] {
  const byPath = new Map<string, TreeEntry>();
  for (const entry of entries) {
    for (const parent of parentsOf(entry.path)) {
      if (!byPath.has(parent)) byPath.set(parent, folder(parent));
    }
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes the entries below a folder that exists; the caller's user owns them. */
export async function writeTree(entries: readonly TreeEntry[], below: string): Promise<void> {
  for (const entry of normalizeTree(entries)) {
    const at = path.join(below, entry.path);
    if (entry.kind === "link") {
      await symlink(entry.target, at);
      continue;
    }
    if (entry.kind === "folder") await mkdir(at, { recursive: true });
    else await writeFile(at, entry.content);
    // Apart, because the umask would cut it.
    await chmod(at, entry.mode);
  }
}

function parentsOf(at: string): string[] {
  const parts = at.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
