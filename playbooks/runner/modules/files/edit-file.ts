/** What modules that change a part of a text file share: how it is read, and how it is written back. */
import path from "node:path";
import type { TaskContext, TaskResult } from "../../module";
import { TaskFailure } from "../task-failure";
import { describeAttributes, runAll, type WantedAttributes } from "./attributes";
import { ensureContent } from "./ensure-content";
import { inspect, type Inspected } from "./inspect";
import { NEW_FILE_MODE, resolveMode } from "./mode";

/** A file before it is edited. */
export interface EditedFile {
  readonly found: Inspected;
  /** Bytes as characters, so that a file in any encoding keeps what is not touched; undefined: no file. */
  readonly text: string | undefined;
}

/** How a file is written back. */
export interface FileEdit extends WantedAttributes {
  readonly path: string;
  readonly backup?: boolean | undefined;
  readonly validate?: string | undefined;
  /** Write to where a link leads. @default true */
  readonly follow?: boolean | undefined;
}

/** What a file becomes. */
export interface EditPlan {
  /** Bytes as characters. */
  readonly text: string;
  /** Ansible's words for what was done; empty when nothing was. */
  readonly message: string;
}

/** Reads a file. @throws TaskFailure with Ansible's words for a folder */
export async function readEdited(context: TaskContext, file: string): Promise<EditedFile> {
  const found = await inspect(context.host, file, context);
  if (found.stat?.type === "directory") {
    throw new TaskFailure(`Path ${file} is a directory !`, { rc: 256 });
  }
  const { signal } = context;
  const content = found.stat && (await context.host.readFile(file, { signal }));
  return { found, text: content?.toString("latin1") };
}

/** An argument in the same form as the file. */
export function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** A part of the file as an argument. */
export function asText(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString();
}

/** Writes what was planned, or only mode and owner; folders that are missing above are made. */
export async function writeEdited(
  context: TaskContext,
  edit: FileEdit,
  { found, text, message }: EditPlan & { readonly found: Inspected },
): Promise<TaskResult> {
  const isNew = found.link === undefined;
  if (isNew && !context.check)
    await runAll(context, [["mkdir", "-p", "--", path.posix.dirname(edit.path)]]);
  const content = Buffer.from(text, "latin1");
  const result = await ensureContent(context, { follow: true, ...edit, content, found });
  const attributes =
    found.stat === undefined
      ? !context.check && differsFromNew(edit)
      : describeAttributes(found.stat, edit).length > 0;
  const words = [
    ...(message === "" ? [] : [message]),
    ...(attributes ? ["ownership, perms or SE linux context changed"] : []),
  ];
  return { ...result, message: words.join(" and ") };
}

/** Whether a new file gets other attributes than it would have by itself. */
function differsFromNew({ mode, owner = "root", group = "root" }: WantedAttributes): boolean {
  const start = { mode: NEW_FILE_MODE, isFolder: false };
  const isRoot = (it: string): boolean => it === "root" || it === "0";
  if (mode !== undefined && resolveMode(mode, start) !== NEW_FILE_MODE) return true;
  return !isRoot(owner) || !isRoot(group);
}

/** Of the values of a written file the one that modules for parts of files give. */
export function backupOf({ values }: TaskResult): Readonly<Record<string, unknown>> {
  return values?.backup_file === undefined ? {} : { backup_file: values.backup_file };
}
