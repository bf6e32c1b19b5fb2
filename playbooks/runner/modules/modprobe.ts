/** `community.general.modprobe`: a kernel module is loaded or not, now and, if asked for, at every boot. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { name as nameField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ensureContent } from "./files/ensure-content";
import { runAll } from "./files/attributes";

const ARGS = {
  name: nameField(/^[A-Za-z0-9][\w-]*$/, "the name of a kernel module"),
  state: z.enum(["present", "absent"]).default("present"),
  params: text().default(""),
  persistent: z.enum(["disabled", "present", "absent"]).default("disabled"),
};

type ModprobeArgs = z.output<z.ZodObject<typeof ARGS>>;

/** $1: the module's name with underscores. Built-in modules count as loaded. */
const LOADED_SCRIPT = `
if [ -d "/sys/module/$1" ] || grep -q "^$1 " /proc/modules 2>/dev/null; then exit 0; fi
tr - _ 2>/dev/null < "/lib/modules/$(uname -r)/modules.builtin" | grep -q "/$1[.]ko"`;

/** See the file's header. */
export const modprobeModule = defineModule({
  name: "modprobe",
  args: ARGS,
  async run(context, args) {
    const { name, state, params } = args;
    const argv = ["/bin/sh", "-c", LOADED_SCRIPT, "sh", name.replaceAll("-", "_")];
    const loaded = (await context.host.query({ argv }, context)).code === 0;
    const words = params.split(/\s+/).filter((it) => it !== "");
    const commands = [
      ...(state === "present" && !loaded ? [["modprobe", name, ...words]] : []),
      ...(state === "absent" && loaded ? [["modprobe", "-r", name]] : []),
    ];
    if (!context.check) await runAll(context, commands);
    const files = args.persistent === "disabled" ? [] : await persist(context, args);
    const diff = [...commands.map((it) => it.join(" ")), ...files.map((it) => it.diff ?? "")];
    return {
      changed: commands.length > 0 || files.some((it) => it.changed),
      ...(context.diff ? { diff: diff.filter((it) => it !== "").join("\n") } : {}),
      values: { name, state, params },
    };
  },
});

/** One file each for loading and for parameters, named after the module. */
async function persist(context: TaskContext, args: ModprobeArgs): Promise<TaskResult[]> {
  const load = `/etc/modules-load.d/${args.name}.conf`;
  const options = `/etc/modprobe.d/${args.name}.conf`;
  if (args.persistent === "absent") {
    return [await ensureAbsent(context, load), await ensureAbsent(context, options)];
  }
  if (!context.check) {
    await runAll(context, [["mkdir", "-p", "/etc/modules-load.d", "/etc/modprobe.d"]]);
  }
  const loading = await ensureContent(context, {
    path: load,
    content: Buffer.from(`${args.name}\n`),
  });
  if (args.params === "") return [loading];
  const content = Buffer.from(`options ${args.name} ${args.params}\n`);
  return [loading, await ensureContent(context, { path: options, content })];
}

async function ensureAbsent(context: TaskContext, path: string): Promise<TaskResult> {
  if ((await context.host.stat(path, context)) === undefined) return { changed: false };
  if (!context.check) await runAll(context, [["rm", "-f", "--", path]]);
  return { changed: true, diff: `- ${path}` };
}
