/** The common end of copy, template, lineinfile and others: a file with this content and these attributes. */
import { createHash } from "node:crypto";
import type { TaskContext, TaskResult } from "../../module";
import { TaskFailure } from "../task-failure";
import { describeAttributes, planAttributes, runAll, type WantedAttributes } from "./attributes";
import { backUp } from "./back-up";
import { inspect, type Inspected } from "./inspect";
import { formatMode, NEW_FILE_MODE, resolveMode } from "./mode";
import { unifiedDiff } from "./unified-diff";
import { validateContent } from "./validate-content";

/** The file as it should be. */
export interface WantedFile extends WantedAttributes {
  readonly path: string;
  readonly content: Buffer;
  /** Write to where a link leads, instead of replacing the link. @default false */
  readonly follow?: boolean | undefined;
  /** Replace other content; otherwise an existing file only gets the attributes. @default true */
  readonly force?: boolean | undefined;
  /** A command that must accept the new content; `%s` is its path. */
  readonly validate?: string | undefined;
  /** Keep the old file beside it; `backup_file` is where. @default false */
  readonly backup?: boolean | undefined;
  /** What is there, when the caller has looked already. */
  readonly found?: Inspected | undefined;
}

/** Makes the file so; in check mode only tells. */
export async function ensureContent(context: TaskContext, wanted: WantedFile): Promise<TaskResult> {
  const found = wanted.found ?? (await inspect(context.host, wanted.path, context));
  if (found.stat?.type === "directory") throw new TaskFailure(`${wanted.path} is a directory`);
  const sha256 = createHash("sha256").update(wanted.content).digest("hex");
  const other = found.sha256 !== sha256 || (found.link?.type === "link" && wanted.follow !== true);
  const write = other && (found.link === undefined || wanted.force !== false);
  const change = write
    ? await replace(context, wanted, found)
    : await adjust(context, wanted, found);
  return { ...change, values: { ...fileValues(wanted, found), ...change.values } };
}

async function replace(
  context: TaskContext,
  wanted: WantedFile,
  { stat }: Inspected,
): Promise<TaskResult> {
  const { host, check, diff, signal } = context;
  const { path, content, owner, group, validate, backup } = wanted;
  const before = diff
    ? ((stat && (await host.readFile(path, { signal }))) ?? Buffer.alloc(0))
    : undefined;
  const kept = backup === true && stat !== undefined && !check;
  let values = {};
  if (!check) {
    if (validate !== undefined) await validateContent(context, { path, content, validate });
    if (kept) values = { backup_file: await backUp(context, path) };
    const mode = modeOf(wanted, stat?.mode);
    await host.writeFile(
      path,
      content,
      {
        ...(mode === undefined ? {} : { mode }),
        ...(owner === undefined ? {} : { owner }),
        ...(group === undefined ? {} : { group }),
        followLink: wanted.follow === true,
      },
      { signal },
    );
  }
  if (before === undefined) return { changed: true, values };
  const text = unifiedDiff({ path, before: before.toString(), after: content.toString() });
  const attributes = stat ? describeAttributes(stat, wanted) : [];
  return { changed: true, values, diff: [text, ...attributes].filter(Boolean).join("\n") };
}

async function adjust(
  context: TaskContext,
  wanted: WantedFile,
  { stat }: Inspected,
): Promise<TaskResult> {
  if (stat === undefined) return { changed: false };
  const commands = planAttributes(wanted.path, stat, wanted);
  if (!context.check) await runAll(context, commands);
  const diff = describeAttributes(stat, wanted).join("\n");
  return { changed: commands.length > 0, ...(context.diff && diff !== "" ? { diff } : {}) };
}

function modeOf({ mode }: WantedAttributes, current: number | undefined): number | undefined {
  if (mode === undefined) return undefined;
  return resolveMode(mode, { mode: current ?? NEW_FILE_MODE, isFolder: false });
}

/** What `register` keeps, as far as it is known without another round trip. */
function fileValues(wanted: WantedFile, { stat }: Inspected): Record<string, unknown> {
  const { path, content } = wanted;
  const mode = modeOf(wanted, stat?.mode) ?? stat?.mode ?? NEW_FILE_MODE;
  return {
    dest: path,
    checksum: createHash("sha1").update(content).digest("hex"),
    size: content.byteLength,
    mode: formatMode(mode),
    owner: wanted.owner ?? stat?.owner,
    group: wanted.group ?? stat?.group,
    state: "file",
  };
}
