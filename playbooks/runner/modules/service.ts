/** `ansible.builtin.service` and `systemd_service`: whether a service runs, now and after the next boot. */
import { z } from "zod";
import type { Module, TaskContext, TaskResult } from "../module";
import { flag, name as nameField, text, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { planService } from "./supervision/plan-service";
import { readService, type ServiceFacts } from "./supervision/service-facts";
import { TaskFailure } from "./task-failure";

const nameOfService = () => nameField(/^[\w@][\w@.:\\-]*$/, "the name of one service");

const COMMON_ARGS = {
  state: z.enum(["started", "stopped", "restarted", "reloaded"]).optional(),
  enabled: flag().optional(),
};

const SYSTEMD_ARGS = {
  ...COMMON_ARGS,
  name: nameOfService().optional(),
  masked: flag().optional(),
  daemon_reload: flag().default(false),
  daemon_reexec: flag().default(false),
  scope: z.enum(["system", "user", "global"]).default("system"),
  no_block: flag().default(false),
  force: flag().default(false),
};

/** As in Ansible, what systemd takes is handed on to it. */
const SERVICE_ARGS = {
  ...SYSTEMD_ARGS,
  sleep: whole().pipe(z.int().min(0)).optional(),
  // Neither systemd nor runit needs them: both know themselves what runs.
  pattern: text().optional(),
  runlevel: text().optional(),
  use: z
    .enum(
      ["auto", "systemd", "service", "runit"],
      "only auto, systemd, service and runit are there",
    )
    .default("auto"),
};

type ServiceArgs = Partial<z.output<z.ZodObject<typeof SYSTEMD_ARGS>>> & {
  readonly sleep?: number | undefined;
};

/** Manages services with what the host has. */
export const serviceModule = defineModule({
  name: "service",
  args: SERVICE_ARGS,
  refused: {
    arguments: "write them into the unit, or into the service's run script",
    args: "write them into the unit, or into the service's run script",
  },
  check: checkWishes,
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
    check: checkWishes,
    run,
  }),
);

/** A name alone asks what there is to know of the service. */
function checkWishes(args: ServiceArgs): string | undefined {
  if (args.name !== undefined) return undefined;
  if ([args.state, args.enabled, args.masked].some((one) => one !== undefined)) {
    return "name is needed with state, enabled and masked";
  }
  return args.daemon_reload === true || args.daemon_reexec === true
    ? undefined
    : "one of state, enabled, masked, daemon_reload, daemon_reexec is needed";
}

async function run(context: TaskContext, args: ServiceArgs): Promise<TaskResult> {
  await reloadUnits(context, args);
  if (args.name === undefined) return { changed: false, values: { name: null, status: {} } };
  const { name, state, enabled } = args;
  const facts = await readService(context, name, args.scope);
  const values = {
    name,
    ...(state === undefined ? {} : { state: state === "stopped" ? "stopped" : "started" }),
    ...(enabled === undefined ? {} : { enabled }),
    status: facts.status,
  };
  if (isMissing(args, facts)) return missing(context, name, values);
  checkKnown(args, facts);
  const commands = planService({ ...args, name, options: optionsOf(args) }, facts);
  if (!context.check) await carryOut(context, commands);
  const shown = commands.map((it) => (it[1] === "-c" ? ["sv", ...it.slice(-2)] : it).join(" "));
  return {
    changed: commands.length > 0,
    values,
    ...(context.diff && shown.length > 0 ? { diff: shown.join("\n") } : {}),
  };
}

/** systemd masks what is not there yet, too. */
function isMissing({ state, enabled }: ServiceArgs, { exists, masked }: ServiceFacts): boolean {
  return !exists && !masked && (state !== undefined || enabled !== undefined);
}

/** @throws TaskFailure for a unit that cannot be read, or of which nobody says whether it runs */
function checkKnown({ name = "", state, masked }: ServiceArgs, facts: ServiceFacts): void {
  const { supervisor, status } = facts;
  if (supervisor === "runit" && masked === true) {
    throw new TaskFailure(`runit cannot mask ${name}: use enabled: false and state: stopped`);
  }
  if (supervisor === "runit") return;
  if (status.LoadError !== undefined && status.LoadError !== "" && !facts.masked) {
    throw new TaskFailure(`Error loading unit file '${name}': ${status.LoadError}`, { status });
  }
  if (state !== undefined && status.ActiveState === undefined) {
    throw new TaskFailure("Service is in unknown state", { status });
  }
}

function optionsOf({ scope, no_block: noBlock, force }: ServiceArgs): string[] {
  return [
    ...(scope === undefined || scope === "system" ? [] : [`--${scope}`]),
    ...(noBlock === true ? ["--no-block"] : []),
    ...(force === true ? ["--force"] : []),
  ];
}

/** The user's own systemd is found by a variable that a login over SSH need not have. */
async function carryOut(context: TaskContext, commands: readonly string[][]): Promise<void> {
  const prefix =
    'XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}; export XDG_RUNTIME_DIR; exec "$@"';
  const wrap = (it: readonly string[]): readonly string[] =>
    it.includes("--user") ? ["/bin/sh", "-c", prefix, "sh", ...it] : it;
  await runAll(context, commands.map(wrap));
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
  if (context.check) return;
  const verbs = [
    ...(args.daemon_reload === true ? ["daemon-reload"] : []),
    ...(args.daemon_reexec === true ? ["daemon-reexec"] : []),
  ];
  const option = args.scope === undefined || args.scope === "system" ? "" : `--${args.scope}`;
  const script = `
XDG_RUNTIME_DIR=\${XDG_RUNTIME_DIR:-/run/user/$(id -u)}; export XDG_RUNTIME_DIR
[ -d /run/systemd/system ] || [ -n "$2" ] || exit 0
said=$(systemctl \${2:+"$2"} "$1" 2>&1) || { echo "failure $? during $1: $said" >&2; exit 1; }`;
  await runAll(
    context,
    verbs.map((it) => ["/bin/sh", "-c", script, "sh", it, option]),
  );
}
