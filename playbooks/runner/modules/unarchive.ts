/** `ansible.builtin.unarchive`: a tar archive, that travels or is on the host, unpacked into a folder. */
import { z } from "zod";
import type { TaskContext } from "../module";
import { flag, path as pathField, textList } from "./args/fields";
import { exists } from "./args/exists";
import { defineModule } from "./define-module";
import { tarOptions } from "./archive/compression";
import { compareArchive, type Archive, type Comparison } from "./archive/compare";
import { extract } from "./archive/extract";
import { ATTRIBUTE_ARGS } from "./files/attributes";
import { inspect } from "./files/inspect";
import { applyToEntries } from "./files/plan-recursive";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  src: pathField(),
  dest: pathField(),
  remote_src: flag().default(false),
  creates: pathField().optional(),
  include: textList().default([]),
  exclude: textList().default([]),
  extra_opts: z
    .preprocess((it) => (typeof it === "string" ? [it] : it), z.array(z.string()))
    .default([]),
  list_files: flag().default(false),
};

/** Ansible's names for what unpacks, by tar's option. */
const HANDLERS: Readonly<Record<string, string>> = {
  ...{ "-z": "TgzArchive", "-j": "TarBzipArchive", "-J": "TarXzArchive" },
};

type UnarchiveArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const unarchiveModule = defineModule({
  name: "unarchive",
  args: ARGS,
  check: ({ src, remote_src: onHost }) => {
    if (onHost && src.includes("://"))
      return "archives are not fetched from URLs: use get_url before";
    return /\.zip$/i.test(src) ? "zip archives are not supported: use tar" : undefined;
  },
  async run(context, args) {
    const { creates, dest, src } = args;
    if (creates !== undefined && (await exists(context, creates))) {
      return { changed: false, skipped: true, message: `skipped, since ${creates} exists` };
    }
    const folder = await inspect(context.host, dest, { ...context, checksum: false });
    if (folder.stat?.type !== "directory" && !(context.check && folder.stat === undefined)) {
      throw new TaskFailure(`dest '${dest}' must be an existing dir`);
    }
    const archive = await archiveOf(context, args);
    if (archive === undefined) {
      return { changed: true, message: `${src} is not there yet`, values: { dest, src } };
    }
    const comparison = await compareArchive(context, archive, args);
    const isUnsure = comparison.isSame === undefined;
    const unpacked =
      comparison.isSame !== true &&
      (context.check ||
        (await extract(context, archive, { dest, extra: args.extra_opts, isUnsure })));
    const attributes = await adjust(context, archive, { args, comparison });
    const values = {
      ...{ dest, src, handler: archive.handler },
      ...(args.list_files ? { files: comparison.names } : {}),
    };
    const diff = comparison.missing.map((it) => `+ ${it}`).join("\n");
    return {
      changed: unpacked || attributes,
      values,
      ...(context.diff && diff !== "" ? { diff } : {}),
    };
  },
});

/**
 * The words that make tar read the archive, and what it gets as its input.
 * @returns undefined in check mode for a file of the host that an earlier task may make
 */
async function archiveOf(
  context: TaskContext,
  { src, remote_src: onHost, include, exclude, extra_opts: extra }: UnarchiveArgs,
): Promise<Archive | undefined> {
  const content = onHost ? await readHead(context, src) : context.file(src);
  if (content === undefined && onHost && context.check) return undefined;
  if (content === undefined) {
    throw new TaskFailure(
      `could not find or access '${src}': it does not travel with the playbook`,
    );
  }
  const packing = tarOptions(content);
  if (packing === undefined) throw new TaskFailure(`${src} is no tar archive`);
  const handler = HANDLERS[packing[0] ?? ""] ?? "TarArchive";
  const selection = [...packing, ...extra, ...exclude.map((it) => `--exclude=${it}`)];
  return onHost
    ? { handler, options: [...selection, "-f", src], include }
    : { handler, options: [...selection, "-f", "-"], include, stdin: content };
}

/** The first block of a file on the host; undefined in check mode when there is none. */
async function readHead(
  { host, check, signal }: TaskContext,
  src: string,
): Promise<Buffer | undefined> {
  const argv = ["/bin/sh", "-c", 'head -c 512 < "$1" | base64', "sh", src];
  const { stdout, stderr } = await host.query({ argv }, { signal });
  if (stdout !== "") return Buffer.from(stdout, "base64");
  if (check) return undefined;
  throw new TaskFailure(`Source '${src}' cannot be read: ${stderr.trim()}`);
}

/** Mode and owner of all members. @returns whether any differs */
async function adjust(
  context: TaskContext,
  archive: Archive,
  { args, comparison }: { readonly args: UnarchiveArgs; readonly comparison: Comparison },
): Promise<boolean> {
  if (args.mode === undefined && args.owner === undefined && args.group === undefined) return false;
  if (comparison.isSame !== true && context.check) return false;
  const { entries } = comparison.isSame ? comparison : await compareArchive(context, archive, args);
  return applyToEntries(context, entries, args);
}
