/** What is mounted now: /proc/self/mountinfo. Pure. Source: proc(5). */

/** What is mounted at a path. */
export interface Mounted {
  /** Device, or whatever the file system calls its source. */
  readonly source: string;
  /** For bind mounts: folders that may be the source, seen through other mounts. */
  readonly folders: readonly string[];
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
  const others = mounts.filter((it) => it !== found && it.device === found.device);
  const folders = others.flatMap((it) => {
    const inside = it.root === "/" ? found.root : found.root.slice(it.root.length);
    const isInside =
      it.root === "/" || found.root === it.root || found.root.startsWith(`${it.root}/`);
    return isInside
      ? [`${it.path}/${inside}`.replaceAll(/\/+/g, "/").replace(/(?<=.)\/$/, "")]
      : [];
  });
  return { source: found.source, folders };
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
