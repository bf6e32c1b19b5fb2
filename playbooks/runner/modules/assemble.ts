/** `ansible.builtin.assemble`: a file made of the files of a folder, that travel or are on the host. */
import { createHash } from "node:crypto";
import path from "node:path";
import type { z } from "zod";
import type { TaskContext } from "../module";
import { flag, path as pathField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { asBytes } from "./files/edit-file";
import { ensureContent } from "./files/ensure-content";
import { inspect } from "./files/inspect";
import { assemble, type Fragment } from "./files/plan-fragments";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  src: pathField(),
  dest: pathField(),
  remote_src: flag().default(true),
  delimiter: text().optional(),
  regexp: text().optional(),
  ignore_hidden: flag().default(false),
  backup: flag().default(false),
  validate: text().optional(),
  decrypt: flag().refine(Boolean, "files travel decrypted").optional(),
};

type AssembleArgs = z.output<z.ZodObject<typeof ARGS>>;

/** $1: folder. Every regular file in it: its name, a NUL, its content as base64, a NUL. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
for file in "$1"/* "$1"/.[!.]* "$1"/..?*; do
  [ -f "$file" ] || continue
  printf '%s\\0' "\${file##*/}"
  base64 < "$file" || exit 1
  printf '\\0'
done`;

/** See the file's header. */
export const assembleModule = defineModule({
  name: "assemble",
  args: ARGS,
  refused: REFUSED_ATTRIBUTES,
  async run(context, args) {
    const { src, dest, delimiter, regexp, ignore_hidden, remote_src: onHost } = args;
    const fragments = onHost ? await fragmentsOnHost(context, args) : travelling(context, args);
    const content = Buffer.from(
      assemble(fragments, {
        ...{ ignore_hidden, endsDelimiter: !onHost },
        delimiter: delimiter === undefined ? undefined : asBytes(delimiter),
        regexp: regexp === undefined ? undefined : asBytes(regexp),
      }),
      "latin1",
    );
    const result = await ensureContent(context, { ...args, path: dest, content });
    const md5sum = createHash("md5").update(content).digest("hex");
    return { ...result, message: "OK", values: { ...result.values, src, dest, md5sum } };
  },
});

function travelling(context: TaskContext, { src }: AssembleArgs): Fragment[] {
  const names = context.filesBelow(src);
  if (names.length === 0) {
    throw new TaskFailure(
      `could not find or access '${src}': it does not travel with the playbook`,
    );
  }
  return names
    .filter((it) => !it.includes("/"))
    .map((name) => {
      const text = context.file(path.posix.join(src, name))?.toString("latin1") ?? "";
      return { name: asBytes(name), text };
    });
}

async function fragmentsOnHost(
  context: TaskContext,
  { src }: AssembleArgs,
): Promise<readonly Fragment[]> {
  const { host, signal } = context;
  const { stat } = await inspect(host, src, { signal, checksum: false });
  if (stat === undefined) throw new TaskFailure(`Source (${src}) does not exist`);
  if (stat.type !== "directory") throw new TaskFailure(`Source (${src}) is not a directory`);
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", src.startsWith("-") ? `./${src}` : src];
  const { code, stdout, stderr, truncated } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`${src} cannot be read: ${stderr.trim()}`);
  if (truncated) throw new TaskFailure(`the files in ${src} are too large to assemble`);
  const words = stdout.split("\0").slice(0, -1);
  return words.flatMap((name, index) =>
    index % 2 === 1
      ? []
      : [
          {
            name: asBytes(name),
            text: Buffer.from(words[index + 1] ?? "", "base64").toString("latin1"),
          },
        ],
  );
}
