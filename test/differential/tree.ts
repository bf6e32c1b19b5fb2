/** The files of a namespaced host as data, read from outside: no command runs on it. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { TreeItem } from "./case";

/** What is at a path. Times are left out: two runs have two times. */
export interface Entry {
  readonly type: "file" | "folder" | "link";
  /** As in `0644`; of links nothing, since it means nothing. */
  readonly mode: string;
  readonly owner: number;
  readonly group: number;
  /** Of files: base64. Of links: where they lead. */
  readonly content: string;
  /** Names that a file has. */
  readonly names: number;
}

/** Entries by absolute path, parents first. */
export type Snapshot = ReadonlyMap<string, Entry>;

/** Something to make: an entry, or one more name (`same`) of the file at `content`. */
export type Made = (Omit<Entry, "names"> | { readonly type: "same"; readonly content: string }) & {
  readonly at: string;
};

/** What makes one tree of another. */
export interface Changes {
  /** Mount points, the innermost first; before all else. */
  readonly unmount?: readonly string[];
  readonly remove: readonly string[];
  /** Parents first. */
  readonly write: readonly Made[];
}

/** Names of backups hold a process and a time, those of crontabs what nobody can guess. */
const BACKUP = /\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~|(?<=\/tmp\/crontab)\w{6,8}\b/g;
/** Shifted user ids: see the namespaced host. */
const FIRST_ID = 100_000;
/** Of the kernel, of the machine below, and what nobody's playbook is asked for. */
const LEFT_OUT = new Set(
  [
    ...[
      "dev",
      "lib",
      "proc",
      "sys",
      "usr",
      "mnt",
      "run/sshd",
      "run/ansible-modules",
      "root/.ansible",
      "root/.ansible_async",
      "home/op/.ansible",
      "run/sudo",
      "var/cache/apt",
    ],
    ...["var/log", "run/utmp", "etc/.pwd.lock", "init", "etc/dropbear", "opt/ansible-python"],
    ...["etc/passwd-", "etc/shadow-", "etc/group-", "etc/gshadow-", "root/.ssh"],
  ].map((it) => `/${it}`),
);

/** Reads everything below a root that a playbook may change. */
export function readSnapshot(root: string): Snapshot {
  return readBelow(root, FIRST_ID);
}

function readBelow(root: string, firstId: number): Snapshot {
  const entries = new Map<string, Entry>();
  const visit = (folder: string): void => {
    for (const name of readdirSync(root + folder).sort()) {
      const at = path.posix.join(folder, name);
      if (LEFT_OUT.has(at)) continue;
      const entry = readEntry(root + at, firstId);
      if (entry) entries.set(at, entry);
      if (entry?.type === "folder") visit(at);
    }
  };
  visit("/");
  return entries;
}

/** What is below a folder of this machine. */
export function readLocal(folder: string): Snapshot {
  return readBelow(folder, 0);
}

/** The same with plain names for backups, which are called by a process and a time. */
export function withPlainNames(tree: Snapshot): Snapshot {
  return new Map([...tree].map(([at, entry]) => [plainName(at), entry]));
}

/** A text with plain names for backups. */
export function plainName(text: string): string {
  return text.replaceAll(BACKUP, ".BACKUP~");
}

/** What makes `wanted` of `now`. */
export function changesTo(wanted: Snapshot, now: Snapshot): Changes {
  const differs = (at: string): boolean =>
    JSON.stringify(now.get(at)) !== JSON.stringify(wanted.get(at));
  const remove = [...now.keys()].filter((at) => differs(at) && !isFolder(wanted, at));
  const write = [...wanted].flatMap(([at, entry]) => (differs(at) ? [{ at, ...entry }] : []));
  return { remove, write };
}

/** What puts a case's items below a folder, with the folders that they need. */
export function changesOf(below: string, items: Readonly<Record<string, TreeItem>>): Changes {
  const made = new Map<string, Made>();
  for (const [name, item] of Object.entries(items)) {
    const at = path.posix.join(below, name);
    for (const folder of foldersAbove(at, below)) {
      if (!made.has(folder)) made.set(folder, { at: folder, ...usual("folder"), content: "" });
    }
    made.set(at, makeOf(at, below, item));
  }
  const write = [...made.values()];
  return { remove: write.filter((it) => it.type !== "folder").map((it) => it.at), write };
}

function isFolder(tree: Snapshot, at: string): boolean {
  return tree.get(at)?.type === "folder";
}

function foldersAbove(at: string, below: string): string[] {
  const folder = path.posix.dirname(at);
  return folder === below || folder === "/" ? [] : [...foldersAbove(folder, below), folder];
}

function makeOf(at: string, below: string, item: TreeItem): Made {
  const details = typeof item === "string" ? { content: item } : item;
  const { content = "", base64, target, folder, same, mode, owner = 0, group = 0 } = details;
  if (same !== undefined) return { at, type: "same", content: path.posix.join(below, same) };
  const type = folder ? "folder" : target === undefined ? "file" : "link";
  const bytes = base64 ?? Buffer.from(content).toString("base64");
  const made = usual(type);
  return { at, ...made, mode: mode ?? made.mode, owner, group, content: target ?? bytes };
}

function usual<T extends Entry["type"]>(type: T) {
  return { type, mode: type === "folder" ? "0755" : "0644", owner: 0, group: 0 };
}

function readEntry(at: string, firstId: number): Entry | undefined {
  const it = lstatSync(at);
  const type = it.isFile() ? "file" : it.isDirectory() ? "folder" : "link";
  // Sockets, pipes and devices belong to programs.
  if (type === "link" && !it.isSymbolicLink()) return undefined;
  const content = {
    file: () => readFileSync(at, "base64"),
    link: () => readlinkSync(at),
    folder: () => "",
  };
  return {
    type,
    mode: type === "link" ? "" : (it.mode & 0o7777).toString(8).padStart(4, "0"),
    owner: it.uid - firstId,
    group: it.gid - firstId,
    content: content[type](),
    names: type === "file" ? it.nlink : 1,
  };
}
