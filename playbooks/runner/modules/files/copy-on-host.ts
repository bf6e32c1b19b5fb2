/** `copy` with `remote_src`: from one path of the host to another, without the content travelling. */
import type { TaskContext, TaskResult } from "../../module";
import { PLACE_FUNCTION } from "../../transport/file-scripts";
import { TaskFailure } from "../task-failure";
import { planAttributes, runAll, type WantedAttributes } from "./attributes";
import { backUp } from "./back-up";
import { findDestination } from "./destination";
import { inspect } from "./inspect";
import type { ModeSpec } from "./mode";

/** What is copied where. */
export interface HostCopy extends WantedAttributes {
  readonly src: string;
  readonly dest: string;
  readonly force?: boolean;
  readonly mode?: ModeSpec | undefined;
  readonly backup?: boolean;
}

/** $1: source; $2: target. The copy takes the target's place when it is whole. */
const SCRIPT = `
${PLACE_FUNCTION}
beside "$2" || exit 1
cat < "$1" > "$temp" || exit 1
place "$temp" "$2" '' '' ''`;

/** Copies one file; folders are refused. */
export async function copyOnHost(context: TaskContext, copy: HostCopy): Promise<TaskResult> {
  const source = await inspect(context.host, copy.src, context);
  if (source.stat === undefined) throw new TaskFailure(`Source ${copy.src} not found`);
  if (source.stat.type !== "file") {
    throw new TaskFailure(`${copy.src} is not a file: remote_src copies single files`);
  }
  const { path, found } = await findDestination(context, copy.dest, copy.src);
  if (found.stat?.type === "directory") throw new TaskFailure(`${path} is a directory`);
  const differs = found.sha256 !== source.sha256;
  const write = differs && (found.stat === undefined || copy.force !== false);
  const wanted = { ...copy, mode: copy.mode === "preserve" ? source.stat.mode : copy.mode };
  const values = { dest: path, src: copy.src };
  if (context.check) {
    const attributes = found.stat ? planAttributes(path, found.stat, wanted) : [];
    return { changed: write || attributes.length > 0, values };
  }
  const kept =
    write && copy.backup === true && found.stat !== undefined
      ? { backup_file: await backUp(context, path) }
      : {};
  if (write) await runAll(context, [["/bin/sh", "-c", SCRIPT, "sh", copy.src, path]]);
  const after = write
    ? (await inspect(context.host, path, { ...context, checksum: false })).stat
    : found.stat;
  const commands = after ? planAttributes(path, after, wanted) : [];
  await runAll(context, commands);
  return { changed: write || commands.length > 0, values: { ...values, ...kept } };
}
