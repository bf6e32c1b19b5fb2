/** Which files of `group_vars/` and `host_vars/` give a group or host its variables, as Ansible finds them. Pure. */
import { posix } from "node:path";
import { filesBelow, withoutDataEnding } from "../travelling";
import type { TravellingFiles } from "../source";

const ENDINGS = ["", ".yml", ".yaml", ".json"];

/** Names of the groups or hosts that a folder has files of, with their paths in the order in which they are read. */
export function variableFiles(files: TravellingFiles, base: string): Map<string, string[]> {
  const below = filesBelow(files, base).filter(isMeant);
  const names = new Set(
    below.map((it) => (it.includes("/") ? it.replace(/\/.*$/s, "") : withoutDataEnding(it))),
  );
  const found = [...names].sort().map((name): [string, string[]] => {
    const paths = below.filter((it) => it.startsWith(`${name}/`)).sort(byFolders);
    if (paths.length > 0) return [name, paths];
    // The first that is there is the only one that is read.
    const path = ENDINGS.map((it) => name + it).find((it) => below.includes(it));
    return [name, path === undefined ? [] : [path]];
  });
  return new Map(found.map(([name, paths]) => [name, paths.map((it) => posix.join(base, it))]));
}

/** Hidden files, backups and other kinds are left out, and so are folders with an ending below the first. */
function isMeant(file: string): boolean {
  const segments = file.split("/");
  if (segments.some((it) => it.startsWith(".") || it.endsWith("~"))) return false;
  const [, ...inner] = segments.slice(0, -1);
  const ending = posix.extname(segments.at(-1) ?? "");
  // Directly in the folder a name may have dots: web1.example.org.
  return (
    inner.every((it) => posix.extname(it) === "") &&
    (segments.length === 1 || ENDINGS.includes(ending))
  );
}

function byFolders(left: string, right: string): number {
  const [a, b] = [left.split("/"), right.split("/")];
  const at = a.findIndex((it, index) => it !== b[index]);
  return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}
