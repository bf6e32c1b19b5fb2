/** `ansible.posix.mount`: what is mounted now, and what is mounted at boot. */
import path from "node:path";
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, path as pathField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { asBytes, asText, readEdited, writeEdited, type EditedFile } from "./files/edit-file";
import { inspect } from "./files/inspect";
import { findMounted, mount, remount, unmount, type MountWish } from "./mounts/commands";
import { isFrom } from "./mounts/mount-info";
import { lineOf, withLine, withoutLine } from "./mounts/plan-fstab";
import { TaskFailure } from "./task-failure";

const STATES = [
  ...(["absent", "absent_from_fstab", "absent_mount", "ephemeral"] as const),
  ...(["mounted", "present", "remounted", "unmounted"] as const),
] as const;
const NEEDS_SOURCE: readonly string[] = ["mounted", "present", "ephemeral"];

const ARGS = {
  path: pathField(),
  src: pathField().optional(),
  fstype: text().optional(),
  opts: text().optional(),
  opts_no_log: flag().default(false),
  dump: text().default("0"),
  passno: text().default("0"),
  state: z.enum(STATES),
  fstab: pathField().default("/etc/fstab"),
  boot: flag().default(true),
  backup: flag().default(false),
};

type MountArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const mountModule = defineModule({
  name: "mount",
  args: ARGS,
  aliases: { path: ["name"] },
  check: ({ state, src, fstype }) => {
    const missing = Object.entries({ src, fstype }).filter(([, it]) => it === undefined);
    if (!NEEDS_SOURCE.includes(state) || missing.length === 0) return undefined;
    const names = missing.map(([it]) => it).join(", ");
    return `state is ${state} but all of the following are missing: ${names}`;
  },
  async run(context, args) {
    const change = await ACTIONS[args.state](context, args);
    const { diff, values } = change;
    return {
      changed: change.changed,
      values: { ...valuesOf(args), ...values },
      ...(diff === undefined || args.opts_no_log ? {} : { diff }),
    };
  },
});

type Action = (context: TaskContext, args: MountArgs) => Promise<TaskResult>;

const ACTIONS: Readonly<Record<MountArgs["state"], Action>> = {
  present: async (context, args) => present(context, args, await readEdited(context, args.fstab)),
  absent_from_fstab: absentFromFstab,
  absent_mount: absent,
  absent,
  mounted,
  ephemeral,
  unmounted: async (context, args) => {
    const isMounted = (await findMounted(context, args.path)) !== undefined;
    if (isMounted && !context.check) await unmount(context, args.path);
    return { changed: isMounted };
  },
  remounted: async (context, args) => {
    const { opts } = args;
    const more = opts === undefined || opts === "defaults" ? {} : { opts };
    if (!context.check) await remount(context, await findWish(context, args), more);
    return { changed: true };
  },
};

async function present(
  context: TaskContext,
  args: MountArgs,
  file: EditedFile,
): Promise<TaskResult> {
  const { src, fstype, opts } = wishOf(args, args.fstab);
  const { dump, passno, path: mountPoint } = args;
  const line = {
    ...{ src: asBytes(src), path: asBytes(mountPoint), fstype: asBytes(fstype) },
    ...{ opts: asBytes(opts), dump, passno },
  };
  return write(context, args, { file, after: withLine(file.text ?? "", line) });
}

async function absentFromFstab(context: TaskContext, args: MountArgs): Promise<TaskResult> {
  const file = await readEdited(context, args.fstab);
  const key = {
    path: asBytes(args.path),
    src: args.src === undefined ? undefined : asBytes(args.src),
  };
  return write(context, args, { file, after: withoutLine(file.text ?? "", key) });
}

async function write(
  context: TaskContext,
  { fstab, backup }: MountArgs,
  { file, after }: { readonly file: EditedFile; readonly after: string },
): Promise<TaskResult> {
  if (after === (file.text ?? "")) return { changed: false };
  const plan = { text: after, message: "", found: file.found };
  const { changed, diff, values } = await writeEdited(context, { path: fstab, backup }, plan);
  return {
    changed,
    values: { backup_file: values?.backup_file ?? "" },
    ...(diff === undefined ? {} : { diff }),
  };
}

/** What is in the file goes out of it, and only then what is mounted is unmounted: so it is in Ansible. */
async function absent(context: TaskContext, args: MountArgs): Promise<TaskResult> {
  const result = await absentFromFstab(context, args);
  if (!result.changed || context.check) return result;
  if ((await findMounted(context, args.path)) !== undefined) await unmount(context, args.path);
  const { link } = await inspect(context.host, args.path, { ...context, checksum: false });
  if (args.state === "absent" && link !== undefined) {
    await runAll(context, [["rmdir", "--", args.path]]).catch((error: unknown) => {
      throw new TaskFailure(`Error rmdir ${args.path}: ${(error as Error).message}`);
    });
  }
  return result;
}

async function mounted(context: TaskContext, args: MountArgs): Promise<TaskResult> {
  const wish = wishOf(args, args.fstab);
  const file = await readEdited(context, args.fstab);
  const there = await findMounted(context, args.path);
  // What is bound from elsewhere nearby is not what is wanted, and is mounted over.
  const isMounted = there !== undefined && (there.isApart || isFrom(there, wish.src));
  const made = await makeMountPoint(context, args);
  const result = await present(context, args, file);
  if (context.check || (isMounted && !result.changed)) {
    return { ...result, changed: result.changed || !isMounted };
  }
  try {
    await (isMounted ? remount(context, wish) : mount(context, wish));
  } catch (error) {
    await undo(context, args, { file, made, wasChanged: result.changed });
    throw error;
  }
  return { ...result, changed: true };
}

async function ephemeral(context: TaskContext, args: MountArgs): Promise<TaskResult> {
  const wish = wishOf(args, undefined);
  const there = await findMounted(context, args.path);
  if (there !== undefined && !isFrom(there, wish.src)) {
    throw new TaskFailure(
      "Ephemeral mount point is already mounted with a different source than the specified one. Failing in order " +
        'to prevent an unwanted unmount or override operation. Try replacing this command with a "state: unmounted" ' +
        'followed by a "state: ephemeral", or use a different destination path.',
    );
  }
  if (context.check) return { changed: true };
  const made = await makeMountPoint(context, args);
  try {
    await (there === undefined ? mount(context, wish) : remount(context, wish));
  } catch (error) {
    await removeFolders(context, made);
    throw error;
  }
  return { changed: true };
}

/** @returns the folders that were made, outermost first */
async function makeMountPoint(context: TaskContext, args: MountArgs): Promise<string[]> {
  const { stat } = await inspect(context.host, args.path, { ...context, checksum: false });
  if (stat !== undefined || context.check) return [];
  const missing: string[] = [];
  for (let it = path.posix.normalize(args.path); ; it = path.posix.dirname(it)) {
    const found = await inspect(context.host, it, { ...context, checksum: false });
    if (found.stat !== undefined) break;
    missing.unshift(it);
  }
  await runAll(
    context,
    missing.map((it) => ["mkdir", "--", it]),
  );
  return missing;
}

interface Done {
  readonly file: EditedFile;
  readonly made: readonly string[];
  readonly wasChanged: boolean;
}

/** A line that cannot be mounted may keep the host from booting, so the file becomes what it was. */
async function undo(
  context: TaskContext,
  { fstab }: MountArgs,
  { file, made, wasChanged }: Done,
): Promise<void> {
  if (wasChanged) {
    await context.host.writeFile(fstab, Buffer.from(file.text ?? "", "latin1"), {}, context);
  }
  await removeFolders(context, made);
}

async function removeFolders(context: TaskContext, made: readonly string[]): Promise<void> {
  const argvs = made.toReversed().map((it) => ["rmdir", "--", it]);
  await runAll(context, argvs).catch(() => undefined);
}

/** What is mounted again has no arguments that say what it is: its file does. */
async function findWish(context: TaskContext, args: MountArgs): Promise<MountWish> {
  const wish = wishOf(args, args.fstab);
  const { text: lines = "" } = await readEdited(context, args.fstab);
  const line = lineOf(lines, asBytes(args.path));
  if (line === undefined) return wish;
  return { ...wish, src: asText(line.src), fstype: asText(line.fstype), opts: asText(line.opts) };
}

function wishOf(
  { path: mountPoint, src = "", fstype = "", opts = "defaults", boot }: MountArgs,
  fstab: string | undefined,
): MountWish {
  const isManual = opts.split(",").includes("noauto") || boot;
  return { path: mountPoint, src, fstype, opts: isManual ? opts : `${opts},noauto`, fstab };
}

/** Ansible's registered values. */
function valuesOf(args: MountArgs): Record<string, unknown> {
  const { path: mountPoint, src, fstype, dump, passno, fstab, boot } = args;
  const { opts } = wishOf(args, fstab);
  const isIgnored = boot && opts.split(",").includes("noauto");
  return {
    ...{ name: mountPoint, dump, passno, fstab, boot: boot ? "yes" : "no", backup_file: "" },
    opts: args.opts_no_log ? "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" : opts,
    ...(src === undefined ? {} : { src }),
    ...(fstype === undefined ? {} : { fstype }),
    ...(isIgnored ? { warnings: ["Ignore the 'boot' due to 'opts' contains 'noauto'."] } : {}),
  };
}
