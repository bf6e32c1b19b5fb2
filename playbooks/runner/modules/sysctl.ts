/** `ansible.posix.sysctl`: a kernel setting, in its file and, if asked for, in the running kernel. */
import { z } from "zod";
import type { CommandResult } from "../host";
import type { TaskContext } from "../module";
import { flag, name as nameField, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ensureContent } from "./files/ensure-content";
import { isSameSetting, planSysctlFile, settingOf, settingValue } from "./files/plan-sysctl-file";
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
    const value = args.state === "present" ? settingValue(args.value ?? "") : undefined;
    const isWritten = settingOf(before, args.name) === value;
    const isSet = value === undefined || (await holds(context, args, value));
    const mustSet = args.sysctl_set && !isSet;
    const changed = !isWritten || mustSet || (args.reload && !isSet);
    const values = { name: args.name, value, state: args.state };
    // What the kernel refuses is not written, since the file would be refused at the next boot.
    if (mustSet && !context.check) await set(context, args, `${args.name}=${value}`);
    const content = Buffer.from(planSysctlFile(before, args.name, value));
    const file = isWritten
      ? {}
      : await ensureContent(context, { path: args.sysctl_file, content, follow: true });
    if (changed && args.reload && !context.check) await reload(context, args);
    return { ...file, changed, values };
  },
});

/** Whether the running kernel has the value already; nobody asks when it does not matter. */
async function holds(
  { host, signal }: TaskContext,
  { name, reload: reloads, sysctl_set: sets }: SysctlArgs,
  value: string,
): Promise<boolean> {
  if (!reloads && !sets) return true;
  const { code, stdout } = await host.query({ argv: ["sysctl", "-e", "-n", name] }, { signal });
  return code === 0 && isSameSetting(stdout, value);
}

async function set(
  { host, signal }: TaskContext,
  { name, ignoreerrors: lenient }: SysctlArgs,
  setting: string,
): Promise<void> {
  const argv = ["sysctl", ...(lenient ? ["-e"] : []), "-w", setting];
  const result = await host.change({ argv }, { signal });
  if (isFailure(result)) {
    throw new TaskFailure(`setting ${name} failed: ${result.stdout}${result.stderr}`.trim());
  }
}

async function reload(
  { host, signal }: TaskContext,
  { sysctl_file: file, ignoreerrors: lenient }: SysctlArgs,
): Promise<void> {
  const argv = ["sysctl", ...(lenient ? ["-e"] : []), "-p", file];
  const result = await host.change({ argv }, { signal });
  if (isFailure(result)) {
    throw new TaskFailure(`Failed to reload sysctl: ${result.stdout}${result.stderr}`.trim());
  }
}

/** Some versions of sysctl end well although the kernel did not take a value. */
function isFailure({ code, stderr }: CommandResult): boolean {
  const refusal = /^sysctl: setting key "[^"]+": (Invalid argument|Read-only file system)$/m;
  return code !== 0 || refusal.test(stderr);
}
