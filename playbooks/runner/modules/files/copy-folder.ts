/** Copies a travelling folder: `src/` its content, `src` the folder itself, as rsync and Ansible do. */
import path from "node:path";
import type { TaskContext, TaskResult } from "../../module";
import { runAll, type WantedAttributes } from "./attributes";
import { ensureContent } from "./ensure-content";
import { inspect } from "./inspect";
import { formatMode, NEW_FOLDER_MODE, resolveMode, type ModeSpec } from "./mode";

/** What is copied where. */
export interface FolderCopy extends WantedAttributes {
  readonly src: string;
  readonly dest: string;
  /** Files below `src`. */
  readonly names: readonly string[];
  /** For folders that are made. @default - the target's usual mode */
  readonly directory_mode?: ModeSpec | undefined;
  readonly force?: boolean;
  readonly follow?: boolean;
}

/** Copies what differs; nothing is removed. */
export async function copyFolder(context: TaskContext, copy: FolderCopy): Promise<TaskResult> {
  const base = copy.src.endsWith("/")
    ? copy.dest
    : path.posix.join(copy.dest, path.posix.basename(copy.src));
  const results = [await ensureFolders(context, copy, base)];
  for (const name of copy.names) {
    const content = context.file(path.posix.join(copy.src, name)) ?? Buffer.alloc(0);
    const file = path.posix.join(base, name);
    results.push(await ensureContent(context, { ...copy, path: file, content }));
  }
  const diff = results.map((it) => it.diff ?? "").filter((it) => it !== "");
  return {
    changed: results.some((it) => it.changed),
    ...(diff.length > 0 ? { diff: diff.join("\n") } : {}),
    values: { dest: copy.dest, src: copy.src },
  };
}

/** Makes the folders that are missing, outermost first. */
async function ensureFolders(
  context: TaskContext,
  copy: FolderCopy,
  base: string,
): Promise<TaskResult> {
  const below = copy.names.flatMap((name) => parents(path.posix.dirname(name)));
  const folders = [base, ...[...new Set(below)].map((it) => path.posix.join(base, it))];
  const missing: string[] = [];
  for (const folder of folders) {
    const { stat } = await inspect(context.host, folder, { ...context, checksum: false });
    if (stat === undefined) missing.push(folder);
  }
  if (!context.check)
    await runAll(
      context,
      missing.flatMap((it) => folderCommands(it, copy)),
    );
  return {
    changed: missing.length > 0,
    ...(missing.length > 0 ? { diff: missing.map((it) => `+ ${it}/`).join("\n") } : {}),
  };
}

function folderCommands(
  folder: string,
  { directory_mode: mode, owner, group }: FolderCopy,
): string[][] {
  const start = { mode: NEW_FOLDER_MODE, isFolder: true };
  const chown =
    owner === undefined && group === undefined ? [] : [`${owner ?? ""}${group ? `:${group}` : ""}`];
  return [
    ["mkdir", "-p", "--", folder],
    ...(mode === undefined ? [] : [["chmod", "--", formatMode(resolveMode(mode, start)), folder]]),
    ...chown.map((both) => ["chown", "--", both, folder]),
  ];
}

function parents(folder: string): string[] {
  return folder === "." ? [] : [...parents(path.posix.dirname(folder)), folder];
}
