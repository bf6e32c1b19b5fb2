/** Which commands make a path the file, folder or link that is asked for. Pure. */
import { TaskFailure } from "../task-failure";
import { describeAttributes, planAttributes, type WantedAttributes } from "./attributes";
import type { Inspected } from "./inspect";
import { formatMode, NEW_FILE_MODE, NEW_FOLDER_MODE, resolveMode } from "./mode";

/** Ansible's states of `file`. */
export type FileState = "absent" | "directory" | "file" | "hard" | "link" | "touch";

/** What is asked for, and what is there. */
export interface FileWish extends WantedAttributes {
  readonly path: string;
  readonly state: FileState;
  readonly src?: string | undefined;
  /** The inode of `src`, for a hard link. */
  readonly inode?: number;
  /** Replace what is in the way of a link. */
  readonly force: boolean;
  /** Give mode and owner to where a link leads. */
  readonly follow: boolean;
  readonly access_time?: "preserve" | "now" | undefined;
  readonly modification_time?: "preserve" | "now" | undefined;
  readonly found: Inspected;
}

/** Commands, and the same for people. */
export interface FilePlan {
  readonly commands: readonly (readonly string[])[];
  readonly diff: readonly string[];
}

const NOTHING: FilePlan = { commands: [], diff: [] };

/**
 * The plan; no commands when all is as asked.
 * @throws TaskFailure for what cannot be, such as a folder where there is a file
 */
export function planFile(wish: FileWish): FilePlan {
  switch (wish.state) {
    case "absent":
      return planAbsent(wish);
    case "directory":
      return planFolder(wish);
    case "link":
      return planLink(wish);
    case "hard":
      return planHardLink(wish);
    case "touch":
      return planTouch(wish);
    case "file":
      return planExisting(wish);
  }
}

function planAbsent({ path, found: { link } }: FileWish): FilePlan {
  if (link === undefined) return NOTHING;
  if (/^\/*$/.test(path)) throw new TaskFailure("refusing to remove the root folder");
  const recursive = link.type === "directory" ? ["-r"] : [];
  return { commands: [["rm", ...recursive, "-f", "--", path]], diff: [`- ${path}`] };
}

function planFolder(wish: FileWish): FilePlan {
  const { path, found } = wish;
  const there = wish.follow ? found.stat : found.link;
  if (there?.type === "directory") return attributes(wish);
  if (found.link !== undefined)
    throw new TaskFailure(`${path} already exists as a ${found.link.type}`);
  return {
    commands: [["/bin/sh", "-c", MAKE_FOLDERS, "sh", path, ownership(wish), newMode(wish, true)]],
    diff: [`+ ${path}/`],
  };
}

/** Every folder that is made gets the mode and the owner, as Ansible does. $2: owner:group, $3: mode. */
const MAKE_FOLDERS = `
make() {
  [ -d "$1" ] && return 0
  case $1 in
    */*) [ -z "\${1%/*}" ] || make "\${1%/*}" "$2" "$3" || return 1 ;;
  esac
  [ -d "$1" ] || mkdir -- "$1" || return 1
  [ -z "$2" ] || chown -- "$2" "$1" || return 1
  [ -z "$3" ] || chmod -- "$3" "$1"
}
make "\${1%/}" "$2" "$3"`;

function planLink(wish: FileWish): FilePlan {
  const { path, src = wish.found.link?.target ?? "", force, found } = wish;
  const { link, stat } = found;
  if (link?.type === "link" && link.target === src) return attributes(wish);
  const replaces = link !== undefined && link.type !== "link";
  if (replaces && !force) {
    throw new TaskFailure(
      `refusing to convert from ${link.type} to symlink for ${path}: use force`,
    );
  }
  if (replaces && link.type === "directory") {
    return {
      commands: [
        ["rmdir", "--", path],
        ["ln", "-s", "--", src, path],
      ],
      diff: [`- ${path}/`, `+ ${path} -> ${src}`],
    };
  }
  const before = link?.type === "link" ? [`- ${path} -> ${link.target ?? ""}`] : [];
  const leads = stat?.type === "directory" ? ["-n"] : [];
  return {
    commands: [
      ["ln", "-s", "-f", ...leads, "--", src, path],
      ...(ownership(wish) === "" ? [] : [["chown", "-h", "--", ownership(wish), path]]),
    ],
    diff: [...before, `+ ${path} -> ${src}`],
  };
}

function planHardLink(wish: FileWish): FilePlan {
  const { path, src = "", inode, force, found } = wish;
  if (inode === undefined) throw new TaskFailure(`src does not exist: ${src}`);
  if (found.link?.inode === inode) return attributes(wish);
  if (found.link !== undefined && !force) {
    throw new TaskFailure(`${path} exists and is another file: use force to replace it`);
  }
  return { commands: [["ln", "-f", "--", src, path]], diff: [`+ ${path} = ${src}`] };
}

function planTouch(wish: FileWish): FilePlan {
  const { path, found, access_time: atime, modification_time: mtime } = wish;
  if (found.stat === undefined) {
    return {
      commands: [["touch", "--", path], ...newAttributes(wish)],
      diff: [`+ ${path}`],
    };
  }
  const kept = attributes(wish);
  const which = [...(atime === "preserve" ? [] : ["-a"]), ...(mtime === "preserve" ? [] : ["-m"])];
  if (which.length === 0) return kept;
  return {
    commands: [["touch", ...which, "--", path], ...kept.commands],
    diff: [`${path}: times`, ...kept.diff],
  };
}

function planExisting(wish: FileWish): FilePlan {
  const there = wish.follow ? wish.found.stat : wish.found.link;
  if (there === undefined) throw new TaskFailure(`file (${wish.path}) is absent, cannot continue`);
  if (there.type === "directory") {
    throw new TaskFailure(`file (${wish.path}) is directory, cannot continue`);
  }
  return attributes(wish);
}

function attributes(wish: FileWish): FilePlan {
  const there = wish.follow ? wish.found.stat : wish.found.link;
  if (there === undefined) return NOTHING;
  return {
    commands: planAttributes(wish.path, there, wish),
    diff: describeAttributes(there, wish),
  };
}

function newAttributes(wish: FileWish): string[][] {
  const [owner, mode] = [ownership(wish), newMode(wish, false)];
  return [
    ...(owner === "" ? [] : [["chown", "--", owner, wish.path]]),
    ...(mode === "" ? [] : [["chmod", "--", mode, wish.path]]),
  ];
}

function ownership({ owner = "", group }: WantedAttributes): string {
  return group === undefined ? owner : `${owner}:${group}`;
}

function newMode({ mode }: WantedAttributes, isFolder: boolean): string {
  if (mode === undefined) return "";
  const start = { mode: isFolder ? NEW_FOLDER_MODE : NEW_FILE_MODE, isFolder };
  return formatMode(resolveMode(mode, start));
}
