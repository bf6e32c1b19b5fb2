/** What is mounted now: /proc/self/mountinfo. Pure. Source: proc(5). */

/** What is mounted at a path. */
export interface Mounted {
  /** Device, or whatever the file system calls its source. */
  readonly source: string;
  /** For bind mounts: folders that may be the source, seen through other mounts. */
  readonly folders: readonly string[];
  /** Whether the file system is another one than around it: what is bound from nearby is not. */
  readonly isApart: boolean;
}

interface Mount {
  readonly device: string;
  readonly root: string;
  readonly path: string;
  readonly source: string;
}

/** @returns undefined when nothing is mounted there; of several the one on top */
export function mountedAt(mountinfo: string, path: string): Mounted | undefined {
  const mounts = mountinfo.split("\n").flatMap(readMount);
  const wanted = path.replace(/(?<=.)\/+$/, "");
  const found = mounts.findLast((it) => it.path === wanted);
  if (found === undefined) return undefined;
  const around = mounts
    .filter((it) => isBelow(wanted, it.path))
    .toSorted((one, other) => one.path.length - other.path.length)
    .at(-1);
  const others = mounts.filter((it) => it !== found && it.device === found.device);
  const folders = others.flatMap((it) => {
    const inside = it.root === "/" ? found.root : found.root.slice(it.root.length);
    const isInside =
      it.root === "/" || found.root === it.root || found.root.startsWith(`${it.root}/`);
    return isInside
      ? [`${it.path}/${inside}`.replaceAll(/\/+/g, "/").replace(/(?<=.)\/$/, "")]
      : [];
  });
  return { source: found.source, folders, isApart: around?.device !== found.device };
}

/** Whether a mount is on the source that is wanted. */
export function isFrom({ source, folders }: Mounted, wanted: string): boolean {
  return source === wanted || folders.includes(wanted);
}

/** Whether a mount point holds a path; not the path's own. */
function isBelow(path: string, mountPoint: string): boolean {
  return path !== mountPoint && path.startsWith(mountPoint === "/" ? "/" : `${mountPoint}/`);
}

function readMount(line: string): Mount[] {
  const [left = "", right = ""] = line.split(" - ", 2);
  const [, , device = "", root = "", path = ""] = left.split(" ");
  const [, source = ""] = right.split(" ");
  return path === ""
    ? []
    : [{ device, root: unescape(root), path: unescape(path), source: unescape(source) }];
}

/** The kernel writes spaces and the like as octal numbers, byte by byte. */
function unescape(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
