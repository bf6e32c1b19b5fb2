/** `ansible.builtin.cron`: jobs and variables of a user's crontab, or of a file below /etc/cron.d. */
import path from "node:path";
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, path as pathField, text } from "./args/fields";
import { isEmpty, planCron, type CronPlan } from "./cron/plan-cron";
import { keepCrontab, readCrontab, writeCrontab } from "./cron/crontab";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { ensureContent } from "./files/ensure-content";
import { unifiedDiff } from "./files/unified-diff";

const SPECIAL = ["annually", "daily", "hourly", "monthly", "reboot", "weekly", "yearly"] as const;

const ARGS = {
  name: text(),
  job: text().optional(),
  user: text().optional(),
  cron_file: pathField().optional(),
  state: z.enum(["present", "absent"]).default("present"),
  minute: text().default("*"),
  hour: text().default("*"),
  day: text().default("*"),
  month: text().default("*"),
  weekday: text().default("*"),
  special_time: z.enum(SPECIAL).optional(),
  disabled: flag().default(false),
  env: flag().default(false),
  insertafter: text().optional(),
  insertbefore: text().optional(),
  backup: flag().default(false),
};

type CronArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const cronModule = defineModule({
  name: "cron",
  args: ARGS,
  aliases: { job: ["value"], day: ["dom"], weekday: ["dow"] },
  check,
  async run(context, args) {
    const file = args.cron_file && path.posix.resolve("/etc/cron.d", args.cron_file);
    const before = await read(context, args, file);
    const plan = planCron(before, wishOf(args));
    const about = file === undefined ? {} : { cron_file: args.cron_file };
    if (file !== undefined && plan.changed && isRemoval(args, plan)) {
      if (!context.check) await runAll(context, [["rm", "-f", "--", file]]);
      const diff = context.diff ? { diff: `- ${file}` } : {};
      return { changed: true, values: { ...about, state: args.state }, ...diff };
    }
    const warnings = warningsOf(args);
    const values = {
      ...{ ...about, jobs: plan.jobs, envs: plan.envs },
      ...(warnings.length > 0 ? { warnings } : {}),
    };
    if (!plan.changed) return { changed: false, values };
    const kept = args.backup && !context.check ? await keep(context, before) : {};
    const written = await write(context, args, { before, plan, file });
    return { ...written, changed: true, values: { ...values, ...kept } };
  },
});

function check(args: CronArgs): string | undefined {
  const { minute, hour, day, month, weekday, insertafter, insertbefore } = args;
  const isTimed = [minute, hour, day, month, weekday].some((it) => it !== "*");
  if (args.cron_file === "/etc/crontab")
    return "Will not manage /etc/crontab via cron_file, see documentation.";
  if (args.special_time !== undefined && isTimed)
    return "You must specify time and date fields or special time.";
  if (insertafter !== undefined && insertbefore !== undefined)
    return "give insertafter or insertbefore, not both";
  if (args.env && args.name.includes(" ")) return "Invalid name for environment variable";
  return args.state === "present" ? checkPresent(args) : undefined;
}

function checkPresent(args: CronArgs): string | undefined {
  if (args.cron_file !== undefined && args.user === undefined)
    return "To use cron_file=... parameter you must specify user=... as well";
  if (args.job === undefined) return "You must specify 'job' to install a new cron job or variable";
  const isPlaced = args.insertafter !== undefined || args.insertbefore !== undefined;
  return isPlaced && !args.env
    ? "Insertafter and insertbefore parameters are valid only with env=yes"
    : undefined;
}

function wishOf(args: CronArgs): Parameters<typeof planCron>[1] {
  const { name, state, job = "", insertafter, insertbefore } = args;
  const isPresent = state === "present";
  if (args.env) {
    const value = isPresent ? job : undefined;
    return { kind: "variable", name, value, insertafter, insertbefore };
  }
  return { kind: "job", name, line: isPresent ? jobLine(args) : undefined };
}

function jobLine(args: CronArgs): string {
  const { minute, hour, day, month, weekday, special_time: special, job = "" } = args;
  const time = special === undefined ? [minute, hour, day, month, weekday] : [`@${special}`];
  const user = args.cron_file === undefined ? [] : [args.user ?? ""];
  const words = [...time, ...user, job.replace(/^[\r\n]+|[\r\n]+$/g, "")];
  return `${args.disabled ? "#" : ""}${words.join(" ")}`;
}

/** A file that this leaves empty goes. */
function isRemoval({ state, env }: CronArgs, plan: CronPlan): boolean {
  return state === "absent" && !env && isEmpty(plan.text);
}

async function read(
  context: TaskContext,
  { user }: CronArgs,
  file: string | undefined,
): Promise<string> {
  if (file === undefined) return readCrontab(context, user);
  return (await context.host.readFile(file, context))?.toString() ?? "";
}

interface Writing {
  readonly before: string;
  readonly plan: CronPlan;
  readonly file: string | undefined;
}

async function write(
  context: TaskContext,
  { user }: CronArgs,
  { before, plan, file }: Writing,
): Promise<Pick<TaskResult, "diff">> {
  const content = Buffer.from(plan.text);
  if (file !== undefined) {
    const { diff } = await ensureContent(context, { path: file, content, follow: true });
    return diff === undefined ? {} : { diff };
  }
  if (!context.check) await writeCrontab(context, user, content);
  const name = user === undefined ? "crontab" : `crontab for user "${user}"`;
  return context.diff ? { diff: unifiedDiff({ path: name, before, after: plan.text }) } : {};
}

async function keep(context: TaskContext, before: string): Promise<{ backup_file: string }> {
  return { backup_file: await keepCrontab(context, Buffer.from(before)) };
}

function warningsOf({ cron_file: file, job = "", env, state }: CronArgs): string[] {
  const base = file === undefined ? "" : path.posix.basename(file);
  const isOdd = file !== undefined && !/^[A-Z0-9_-]+$/i.test(base);
  const isBroken =
    !env && state === "present" && /[\r\n]/.test(job.replace(/^[\r\n]+|[\r\n]+$/g, ""));
  return [
    ...(isOdd
      ? [
          `Filename portion of cron_file ("${base}") should consist solely of upper- and lower-case letters, digits, underscores, and hyphens`,
        ]
      : []),
    ...(isBroken ? ["Job should not contain line breaks"] : []),
  ];
}
