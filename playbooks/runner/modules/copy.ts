/** `ansible.builtin.copy`: a file with given content, from a travelling file, a travelling folder, or from the host itself. */
import path from "node:path";
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, path as pathField, text } from "./args/fields";
import { pythonJson } from "./args/python-json";
import { exactlyOne } from "./command";
import { defineModule } from "./define-module";
import { copyOnHost } from "./files/copy-on-host";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { copyFolder } from "./files/copy-folder";
import { findDestination } from "./files/destination";
import { ensureContent } from "./files/ensure-content";
import { modeField } from "./files/mode";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  src: pathField().optional(),
  content: z.preprocess(pythonJson, text()).optional(),
  dest: pathField(),
  directory_mode: modeField().optional(),
  remote_src: flag().default(false),
  force: flag().default(true),
  follow: flag().default(false),
  backup: flag().default(false),
  validate: text().optional(),
};

/** The parsed arguments. */
export type CopyArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const copyModule = defineModule({
  name: "copy",
  args: ARGS,
  aliases: { force: ["thirsty"] },
  refused: REFUSED_ATTRIBUTES,
  check: ({ src, content, remote_src: onHost, mode }) =>
    exactlyOne({ src, content }) ??
    (mode === "preserve" && !onHost
      ? "mode: preserve needs remote_src, because files travel without their modes"
      : undefined),
  async run(context, args) {
    const { src, content, dest } = args;
    if (src === undefined) return copyFile(context, args, Buffer.from(content ?? ""));
    if (args.remote_src) return copyOnHost(context, { ...args, src });
    const file = context.file(src);
    if (file !== undefined) return copyFile(context, args, file);
    const names = context.filesBelow(src);
    if (names.length > 0) return copyFolder(context, { ...args, src, names });
    throw new TaskFailure(
      `could not find or access '${src}': it does not travel with the playbook`,
      {
        dest,
      },
    );
  },
});

async function copyFile(
  context: TaskContext,
  args: CopyArgs,
  content: Buffer,
): Promise<TaskResult> {
  const name = args.src === undefined ? undefined : path.posix.basename(args.src);
  const place = await findDestination(context, args.dest, name);
  const result = await ensureContent(context, { ...args, ...place, content });
  return { ...result, values: { ...result.values, src: args.src } };
}
