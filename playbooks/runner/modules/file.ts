/** `ansible.builtin.file`: what kind of thing is at a path, and its mode and owner. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, path } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, runAll } from "./files/attributes";
import { inspect, type Inspected } from "./files/inspect";
import { planFile, type FileState } from "./files/plan-file";
import { planRecursive } from "./files/plan-recursive";

const STATES = ["absent", "directory", "file", "hard", "link", "touch"] as const;

const ARGS = {
  ...ATTRIBUTE_ARGS,
  path: path(),
  src: path().optional(),
  state: z.enum(STATES).optional(),
  recurse: flag().default(false),
  force: flag().default(false),
  follow: flag().default(true),
  access_time: z.enum(["preserve", "now"]).optional(),
  modification_time: z.enum(["preserve", "now"]).optional(),
};

/** The parsed arguments. */
export type FileArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const fileModule = defineModule({
  name: "file",
  args: ARGS,
  aliases: { path: ["dest", "name"] },
  check: ({ state, src, recurse, mode }) => {
    if (recurse && state !== undefined && state !== "directory") {
      return "recurse needs state: directory";
    }
    if (mode === "preserve") return "mode: preserve is for copies";
    const needsSource = state === "link" || state === "hard";
    return needsSource && src === undefined ? `src is needed for state: ${state}` : undefined;
  },
  async run(context, args) {
    const found = await inspect(context.host, args.path, { ...context, checksum: false });
    const source =
      args.state === "hard" && args.src !== undefined ? await linked(context, args) : {};
    const state = stateOf(args, found);
    const { commands, diff } = planFile({ ...args, ...source, state, found });
    const deeper = args.recurse && found.stat ? await planRecursive(context, args) : undefined;
    const changed = commands.length > 0 || deeper !== undefined;
    if (!context.check) {
      await runAll(context, commands);
      await deeper?.run();
    }
    return result(context, args, {
      changed,
      diff: [...diff, ...(deeper?.diff ?? [])],
      values: valuesOf(args, state, found),
    });
  },
});

/** The kind of thing that is asked for; without `state` what is there stays what it is. */
function stateOf({ state, recurse, src }: FileArgs, { link }: Inspected): FileState {
  if (state !== undefined) return state;
  if (recurse) return "directory";
  if (link?.type === "directory") return "directory";
  return link?.type === "link" || (link === undefined && src !== undefined) ? "link" : "file";
}

async function linked(context: TaskContext, { src = "" }: FileArgs): Promise<{ inode?: number }> {
  const { stat } = await inspect(context.host, src, { ...context, checksum: false });
  return stat === undefined ? {} : { inode: stat.inode };
}

function result(
  context: TaskContext,
  _args: FileArgs,
  { changed, diff, values }: { changed: boolean; diff: string[]; values: Record<string, unknown> },
): TaskResult {
  const shown = context.diff && diff.length > 0 ? { diff: diff.join("\n") } : {};
  return { changed, values, ...shown };
}

function valuesOf(args: FileArgs, state: FileState, { link }: Inspected): Record<string, unknown> {
  const kept = link && state !== "absent" ? { uid: link.uid, gid: link.gid } : {};
  return {
    path: args.path,
    ...(state === "link" || state === "hard" ? { dest: args.path, src: args.src } : {}),
    state: state === "touch" ? "file" : state,
    ...kept,
  };
}
