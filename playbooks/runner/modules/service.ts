/** `ansible.builtin.service` and `systemd_service`: whether a service runs, now and after the next boot. */
import { z } from "zod";
import type { Module, TaskContext, TaskResult } from "../module";
import { flag, name as nameField } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { planService } from "./supervision/plan-service";
import { readService, type ServiceFacts } from "./supervision/service-facts";
import { TaskFailure } from "./task-failure";

const nameOfService = () => nameField(/^[\w@][\w@.:\\-]*$/, "the name of a service");

const SERVICE_ARGS = {
  name: nameOfService(),
  state: z.enum(["started", "stopped", "restarted", "reloaded"]).optional(),
  enabled: flag().optional(),
};

const SYSTEMD_ARGS = {
  ...SERVICE_ARGS,
  name: nameOfService().optional(),
  masked: flag().optional(),
  daemon_reload: flag().default(false),
  daemon_reexec: flag().default(false),
  scope: z.literal("system").default("system"),
};

type ServiceArgs = Partial<z.output<z.ZodObject<typeof SYSTEMD_ARGS>>>;

/** Manages services with what the host has. */
export const serviceModule = defineModule({
  name: "service",
  args: SERVICE_ARGS,
  check: ({ state, enabled }) =>
    state === undefined && enabled === undefined ? "state or enabled is needed" : undefined,
  run,
});

/** The same with what only systemd knows; on minimal nodes a reload of units is nothing to do. */
export const systemdModules: readonly Module[] = ["systemd", "systemd_service"].map((it) =>
  defineModule({
    name: it,
    args: SYSTEMD_ARGS,
    aliases: {
      name: ["service", "unit"],
      daemon_reload: ["daemon-reload"],
      daemon_reexec: ["daemon-reexec"],
    },
    run,
  }),
);

async function run(context: TaskContext, args: ServiceArgs): Promise<TaskResult> {
  await reloadUnits(context, args);
  if (args.name === undefined) return { changed: false };
  const { name, state, enabled } = args;
  const facts = await readService(context, name);
  const values = { name, state: stateAfter(args, facts), enabled: enabled ?? facts.enabled };
  if (!facts.exists && !facts.masked) return missing(context, name, values);
  const commands = planService({ ...args, name }, facts);
  if (!context.check) await runAll(context, commands);
  const shown = commands.map((it) => (it[1] === "-c" ? ["sv", ...it.slice(-2)] : it).join(" "));
  return {
    changed: commands.length > 0 || state === "restarted" || state === "reloaded",
    values,
    ...(context.diff && shown.length > 0 ? { diff: shown.join("\n") } : {}),
  };
}

/** An earlier task may make the service, so in check mode its absence is no failure. */
function missing(
  { check }: TaskContext,
  name: string,
  values: Readonly<Record<string, unknown>>,
): TaskResult {
  if (check) return { changed: true, message: `there is no service ${name} yet`, values };
  throw new TaskFailure(`Could not find the requested service ${name}: host`);
}

async function reloadUnits(context: TaskContext, args: ServiceArgs): Promise<void> {
  if (context.check || (args.daemon_reload !== true && args.daemon_reexec !== true)) return;
  const verb = args.daemon_reexec === true ? "daemon-reexec" : "daemon-reload";
  const script = `[ ! -d /run/systemd/system ] || systemctl "$1"`;
  await runAll(context, [["/bin/sh", "-c", script, "sh", verb]]);
}

function stateAfter({ state }: ServiceArgs, { running }: ServiceFacts): string {
  if (state === "stopped") return "stopped";
  return state === undefined && !running ? "stopped" : "started";
}
