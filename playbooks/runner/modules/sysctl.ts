/** `ansible.posix.sysctl`: a kernel setting, in its file and, if asked for, in the running kernel. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, name as nameField, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ensureContent } from "./files/ensure-content";
import { runAll } from "./files/attributes";
import { planSysctlFile, normalizeSetting, settingOf } from "./files/plan-sysctl-file";
import { TaskFailure } from "./task-failure";

const ARGS = {
  name: nameField(/^\w[\w./:*-]*$/, "the name of a kernel setting"),
  value: text().optional(),
  state: z.enum(["present", "absent"]).default("present"),
  sysctl_file: path().default("/etc/sysctl.conf"),
  sysctl_set: flag().default(false),
  reload: flag().default(true),
  ignoreerrors: flag().default(false),
};

type SysctlArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const sysctlModule = defineModule({
  name: "sysctl",
  args: ARGS,
  aliases: { name: ["key"], value: ["val"] },
  check: ({ state, value }) =>
    state === "present" && (value ?? "").trim() === ""
      ? "value is needed with state: present"
      : undefined,
  async run(context, args) {
    const before = (await context.host.readFile(args.sysctl_file, context))?.toString() ?? "";
    const value = args.state === "present" ? normalizeSetting(args.value ?? "") : undefined;
    const file = await ensureFile(context, args, { before, value });
    const kernel =
      value !== undefined && args.sysctl_set ? await ensureKernel(context, args, value) : false;
    if (file.changed && args.reload && !context.check) await reload(context, args);
    return {
      ...file,
      changed: file.changed || kernel,
      values: { name: args.name, value, state: args.state },
    };
  },
});

async function ensureFile(
  context: TaskContext,
  args: SysctlArgs,
  { before, value }: { readonly before: string; readonly value: string | undefined },
): Promise<TaskResult> {
  if (settingOf(before, args.name) === value) return { changed: false };
  const content = Buffer.from(planSysctlFile(before, args.name, value));
  return ensureContent(context, { path: args.sysctl_file, content, follow: true });
}

/** Sets the running kernel's value when it differs. */
async function ensureKernel(
  context: TaskContext,
  args: SysctlArgs,
  value: string,
): Promise<boolean> {
  const { code, stdout, stderr } = await context.host.query(
    { argv: ["sysctl", "-n", args.name] },
    context,
  );
  if (code !== 0 && !args.ignoreerrors) throw new TaskFailure(`sysctl: ${stderr.trim()}`);
  if (normalizeSetting(stdout) === value) return false;
  if (!context.check) await runAll(context, [["sysctl", "-w", `${args.name}=${value}`]]);
  return true;
}

async function reload({ host, signal }: TaskContext, args: SysctlArgs): Promise<void> {
  const argv = ["sysctl", ...(args.ignoreerrors ? ["-e"] : []), "-p", args.sysctl_file];
  const { code, stderr } = await host.change({ argv }, { signal });
  if (code !== 0 && !args.ignoreerrors)
    throw new TaskFailure(`failed to reload sysctl: ${stderr.trim()}`);
}
