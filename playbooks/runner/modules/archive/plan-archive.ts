/** What goes into an archive under which name: the rules of `archive`. Pure. */
import { fnmatch } from "../args/fnmatch";

/** Ansible's formats; tools for them are on most hosts. */
export const FORMATS = ["bz2", "gz", "tar", "xz", "zip"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Something that may go into an archive. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  /** Below `root`. */
  readonly name: string;
}

/** The folder that all paths have in common, with a slash: what is cut off their names. */
export function commonRoot(paths: readonly string[]): string {
  const folders = paths.map((it) => it.slice(0, it.lastIndexOf("/") + 1));
  const [first = ""] = folders;
  let length = first.length;
  for (const it of folders) {
    while (!it.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, first.slice(0, length).lastIndexOf("/") + 1);
}

/** Paths as sources, in the order of their names, so that the same files make the same archive. */
export function sourcesOf(
  paths: readonly string[],
  {
    root,
    format,
    patterns,
  }: { readonly root: string; readonly format: Format; readonly patterns: readonly string[] },
): Source[] {
  const excluded = patterns.map(fnmatch);
  return [...new Set(paths)]
    .sort()
    .map((path) => ({ path, name: path.startsWith(root) ? path.slice(root.length) : path }))
    .filter(({ path, name }) => {
      // A zip's patterns see whole paths, those of a tar the names in it: so it is in Ansible.
      const seen = format === "zip" ? path : name;
      return name !== "" && !excluded.some((it) => it.test(seen));
    });
}

/** Whether a file's name says that it is an archive, and not only compressed. */
export function isArchiveName(path: string): boolean {
  return /\.(tar|tar\.(gz|bz2|xz)|tgz|tbz2|zip)$/i.test(path);
}

/** Whether a path is a pattern that the host expands. */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}
