/** `community.general.modprobe`: a kernel module is loaded or not, now and, if asked for, at every boot. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { name as nameField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { ensureContent } from "./files/ensure-content";
import { LOAD_FOLDER, PARAMS_FOLDER, planModules, type Files } from "./kernel/plan-modules";
import { TaskFailure } from "./task-failure";

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

/** Names and contents, each with a NUL at its end. */
const READ_SCRIPT = `
for it in ${LOAD_FOLDER}/* ${PARAMS_FOLDER}/*; do
  [ ! -f "$it" ] || { printf '%s\\0' "$it" && cat "$it" && printf '\\0'; } || exit 1
done`;

/** See the file's header. */
export const modprobeModule = defineModule({
  name: "modprobe",
  args: ARGS,
  async run(context, args) {
    const { name, state, params } = args;
    const argv = ["/bin/sh", "-c", LOADED_SCRIPT, "sh", name.replaceAll("-", "_")];
    const { signal } = context;
    const isLoaded = (await context.host.query({ argv }, { signal })).code === 0;
    const differs = isLoaded !== (state === "present");
    if (differs) await (state === "present" ? load(context, args) : unload(context, args));
    const files = args.persistent === "disabled" ? [] : await persist(context, args);
    const done =
      state === "present" ? ["modprobe", name, ...wordsOf(params)] : ["modprobe -r", name];
    const diff = [...(differs ? [done.join(" ")] : []), ...files.map((it) => it.diff ?? "")];
    return {
      changed: differs || files.length > 0,
      ...(context.diff ? { diff: diff.filter((it) => it !== "").join("\n") } : {}),
      values: { name, state, params },
    };
  },
});

async function load(context: TaskContext, { name, params }: ModprobeArgs): Promise<void> {
  const words = [name, ...wordsOf(params)];
  if (!context.check) return runAll(context, [["modprobe", "--", ...words]]);
  // What it would do is known to every modprobe but the smallest, which then says how it is used.
  const { host, signal } = context;
  const { code, stderr } = await host.query({ argv: ["modprobe", "-D", ...words] }, { signal });
  if (code !== 0 && !/usage|option/i.test(stderr)) throw new TaskFailure(stderr.trim());
}

async function unload(context: TaskContext, { name }: ModprobeArgs): Promise<void> {
  if (!context.check) await runAll(context, [["modprobe", "-r", "--", name]]);
}

/** Makes or changes files, never more than needed: what others wrote is commented out, not removed. */
async function persist(context: TaskContext, args: ModprobeArgs): Promise<TaskResult[]> {
  const plan = planModules(await readFiles(context), {
    name: args.name,
    params: wordsOf(args.params),
    isLoaded: args.persistent === "present",
  });
  if (plan.size > 0 && !context.check) {
    await runAll(context, [["mkdir", "-p", LOAD_FOLDER, PARAMS_FOLDER]]);
  }
  const results: TaskResult[] = [];
  for (const [path, content] of plan) {
    results.push(
      await ensureContent(context, { path, content: Buffer.from(content), follow: true }),
    );
  }
  return results;
}

async function readFiles({ host, signal }: TaskContext): Promise<Files> {
  const { code, stdout, stderr } = await host.query({ script: READ_SCRIPT }, { signal });
  if (code !== 0) throw new TaskFailure(stderr.trim());
  const parts = stdout.split("\0");
  const names = parts.slice(0, -1).filter((_, index) => index % 2 === 0);
  return new Map(names.map((it, index) => [it, parts[index * 2 + 1] ?? ""]));
}

function wordsOf(params: string): string[] {
  return params.split(/\s+/).filter((it) => it !== "");
}
