/** `ansible.builtin.apt`: packages of Debian and its like. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { isWildcard } from "./args/fnmatch";
import { flag, text, textList, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { aptDiff, failRun, runApt } from "./packages/apt-get";
import { readApt, readNames, type AptState } from "./packages/apt-state";
import { updateLists, type Updated } from "./packages/apt-update";
import { installDebs } from "./packages/install-debs";
import {
  expandNames,
  isPackageName,
  parseSpec,
  planInstall,
  planMarks,
  planRemove,
  type PackageSpec,
} from "./packages/plan-apt";
import { runAll } from "./files/attributes";
import { TaskFailure } from "./task-failure";

const NOTHING = /^0 upgraded, 0 newly installed/m;

/** Arguments of the module. */
export const APT_ARGS = {
  name: textList().default([]),
  state: z
    .enum(["absent", "build-dep", "fixed", "latest", "present"])
    .refine((it) => it !== "build-dep", "build-dep is not supported: name the packages")
    .default("present"),
  update_cache: flag().optional(),
  update_cache_retries: whole().default(5),
  update_cache_retry_max_delay: whole().default(12),
  cache_valid_time: whole().default(0),
  purge: flag().default(false),
  default_release: text().optional(),
  install_recommends: flag().optional(),
  force: flag().default(false),
  clean: flag().default(false),
  allow_unauthenticated: flag().default(false),
  allow_downgrade: flag().default(false),
  allow_change_held_packages: flag().default(false),
  upgrade: z
    .preprocess(
      (it) => (it === true ? "yes" : it === false ? "no" : it),
      z.enum(["dist", "full", "no", "safe", "yes"]),
    )
    .default("no"),
  dpkg_options: text().default("force-confdef,force-confold"),
  deb: text().optional(),
  autoremove: flag().default(false),
  autoclean: flag().default(false),
  policy_rc_d: whole().pipe(z.int().min(0).max(255)).optional(),
  only_upgrade: flag().default(false),
  fail_on_autoremove: flag().default(false),
  auto_install_module_deps: flag().default(true),
  // aptitude is never used.
  force_apt_get: flag().default(true),
  lock_timeout: whole().default(60),
};

/** The same, read. */
export type AptArgs = z.output<z.ZodObject<typeof APT_ARGS>>;

/** See the file's header. */
export const aptModule = defineModule({
  name: "apt",
  args: APT_ARGS,
  aliases: {
    name: ["package", "pkg"],
    update_cache: ["update-cache"],
    default_release: ["default-release"],
    install_recommends: ["install-recommends"],
    allow_unauthenticated: ["allow-unauthenticated"],
    allow_downgrade: ["allow-downgrade", "allow_downgrades", "allow-downgrades"],
  },
  check: (args) => {
    const tasks = [args.deb !== undefined, args.name.length > 0, args.upgrade !== "no"];
    if (tasks.filter(Boolean).length > 1) return "give one of deb, name and upgrade";
    const others = args.update_cache !== undefined || args.autoremove || args.autoclean;
    const some = tasks.includes(true) || others || args.clean || args.cache_valid_time > 0;
    if (!some) return "one of autoremove, deb, name, update_cache, upgrade is needed";
    return args.deb !== undefined && args.state !== "present"
      ? "deb only supports state: present"
      : undefined;
  },
  run: runAptModule,
});

/** The module's run, which `package` shares. @throws TaskFailure */
export async function runAptModule(context: TaskContext, args: AptArgs): Promise<TaskResult> {
  const alone = args.name.length === 0 && args.upgrade === "no" && args.deb === undefined;
  if (args.clean) {
    const cleaned = await clean(context, args);
    if (alone) return cleaned;
  }
  const specs = args.name.map(parseSpec);
  const { updated, state } = await freshState(context, args, alone ? [] : specs);
  const values = { cache_updated: updated.updated, cache_update_time: updated.time };
  if (alone && wantsUpdate(args)) return { changed: updated.updated, values };
  const result = await work(context, args, { specs, state, updated });
  return { ...result, values: { ...result.values, ...values } };
}

function wantsUpdate(args: AptArgs): boolean {
  return args.update_cache === true || args.cache_valid_time > 0;
}

/** Renews the lists if asked, and reads what they say. */
async function freshState(
  context: TaskContext,
  args: AptArgs,
  specs: readonly PackageSpec[],
): Promise<{ readonly updated: Updated; readonly state: AptState }> {
  const names = specs.map((it) => it.name).filter(isPackageName);
  const query = { names, release: args.default_release };
  const before = await readApt(context, query);
  const unchanged = { updated: false, time: before.updated };
  if (!wantsUpdate(args)) return { updated: unchanged, state: before };
  const wish = {
    validFor: args.cache_valid_time,
    retries: args.update_cache_retries,
    maxDelay: args.update_cache_retry_max_delay,
    lockTimeout: args.lock_timeout,
  };
  const updated = await updateLists(context, wish, before);
  const state = updated.updated && !context.check ? await readApt(context, query) : before;
  return { updated, state };
}

interface Work {
  readonly specs: readonly PackageSpec[];
  readonly state: AptState;
  readonly updated: Updated;
}

async function work(context: TaskContext, args: AptArgs, it: Work): Promise<TaskResult> {
  if (args.upgrade !== "no") return upgrade(context, args, args.upgrade);
  if (args.deb !== undefined) {
    return installDebs(context, {
      sources: args.deb.split(",").map((path) => path.trim()),
      allowDowngrade: args.allow_downgrade || args.force,
      options: installOptions(args),
      lockTimeout: args.lock_timeout,
      policy: args.policy_rc_d,
    });
  }
  const everything = it.specs.some(({ name }) => name === "*");
  if (everything && args.state === "latest") {
    if (it.specs.length === 1) return upgrade(context, args, "yes");
    const message = "unable to install additional packages when upgrading all installed packages";
    throw new TaskFailure(message);
  }
  if (it.specs.length === 0) return cleanUp(context, args);
  const known = await expanded(context, args, it);
  return args.state === "absent" ? remove(context, args, known) : install(context, args, known);
}

/** With patterns replaced by names, which have to be asked about too. */
async function expanded(context: TaskContext, args: AptArgs, it: Work): Promise<Work> {
  if (!it.specs.some(({ name }) => isWildcard(name))) return it;
  const own = [...it.state.installed.keys()].filter((name) => !name.includes(":"));
  const listed = await readNames(context);
  const specs = expandNames(it.specs, [...new Set([...own, ...listed])]);
  const names = specs.map(({ name }) => name).filter(isPackageName);
  const state = await readApt(context, { names, release: args.default_release });
  const real = specs.filter(
    ({ name }) => state.installed.has(name) || state.offers.get(name)?.versions.length !== 0,
  );
  return { ...it, specs: real, state };
}

async function install(context: TaskContext, args: AptArgs, it: Work): Promise<TaskResult> {
  const { specs, state } = it;
  const wish = { specs, latest: args.state === "latest", onlyUpgrade: args.only_upgrade };
  const names = planOrWait(context, it, () => planInstall(wish, state));
  if (names === undefined) {
    return { changed: true, message: "what is there is known once the lists are renewed" };
  }
  const isFixed = args.state === "fixed";
  const result =
    names.length > 0 || isFixed
      ? await change(context, args, [...installOptions(args), "install", ...names])
      : { changed: false };
  const marks = planMarks(specs, state);
  if (marks.length > 0 && !context.check) await runAll(context, [["apt-mark", "manual", ...marks]]);
  const idle = isFixed && names.length === 0 && NOTHING.test(String(result.values?.stdout));
  return idle ? { ...result, changed: false } : result;
}

/** In check mode the lists are old, and what they do not hold may still come. */
function planOrWait(
  { check }: TaskContext,
  { updated }: Work,
  plan: () => string[],
): string[] | undefined {
  try {
    return plan();
  } catch (error) {
    if (check && updated.updated && error instanceof TaskFailure) return undefined;
    throw error;
  }
}

async function remove(
  context: TaskContext,
  args: AptArgs,
  { specs, state }: Work,
): Promise<TaskResult> {
  const names = planRemove(specs, args.purge, state);
  if (names.length === 0) return { changed: false };
  const options = [
    ...commonOptions(args),
    ...(args.purge ? ["--purge"] : []),
    ...(args.autoremove ? ["--auto-remove"] : []),
  ];
  return change(context, args, [...options, "remove", ...names]);
}

async function upgrade(
  context: TaskContext,
  args: AptArgs,
  mode: "dist" | "full" | "safe" | "yes",
): Promise<TaskResult> {
  const all = mode === "dist" || mode === "full";
  const verb = all ? ["dist-upgrade"] : ["upgrade", "--with-new-pkgs"];
  const words = [...installOptions({ ...args, only_upgrade: false }), ...verb];
  const result = await change(context, args, words);
  const message = String(result.values?.stdout);
  return { ...result, changed: !NOTHING.test(message), message };
}

/** Without packages: what nobody needs any more. */
async function cleanUp(context: TaskContext, args: AptArgs): Promise<TaskResult> {
  const options = [...commonOptions(args), ...(args.purge ? ["--purge"] : [])];
  // The first that is asked for ends the task, as in Ansible.
  if (args.autoclean) {
    const result = await change(context, args, [...options, "autoclean"]);
    return { ...result, changed: String(result.values?.stdout).includes("Del ") };
  }
  if (!args.autoremove) return { changed: false };
  const result = await change(context, args, [...options, "autoremove"]);
  const gone = "The following packages will be REMOVED";
  return { ...result, changed: String(result.values?.stdout).includes(gone) };
}

async function clean(context: TaskContext, args: AptArgs): Promise<TaskResult> {
  if (context.check) return { changed: true, message: "", values: { stdout: "", stderr: "" } };
  const words = ["clean"];
  const { code, stdout, stderr } = await runApt(context, {
    words,
    lockTimeout: args.lock_timeout,
  });
  if (code !== 0) throw new TaskFailure("apt-get clean failed", { rc: code, stdout, stderr });
  return { changed: true, message: stdout, values: { stdout, stderr } };
}

async function change(
  context: TaskContext,
  args: AptArgs,
  words: readonly string[],
): Promise<TaskResult> {
  const run = { words, lockTimeout: args.lock_timeout, policy: args.policy_rc_d };
  const result = await runApt(context, run);
  if (result.code !== 0) failRun(words, result);
  const { stdout, stderr } = result;
  const diff = context.diff ? aptDiff(stdout) : "";
  return { changed: true, values: { stdout, stderr }, ...(diff === "" ? {} : { diff }) };
}

function commonOptions({ dpkg_options: options, force }: AptArgs): string[] {
  const dpkg = options
    .split(",")
    .filter(Boolean)
    .flatMap((it) => ["-o", `Dpkg::Options::=--${it.trim()}`]);
  const forced = ["unauthenticated", "downgrades", "change-held-packages", "remove-essential"];
  return ["-y", ...dpkg, ...(force ? forced.map((it) => `--allow-${it}`) : [])];
}

function installOptions(args: AptArgs): string[] {
  const recommends = args.install_recommends === true ? "yes" : "no";
  return [
    ...commonOptions(args),
    ...(args.only_upgrade ? ["--only-upgrade"] : []),
    ...(args.state === "fixed" ? ["--fix-broken"] : []),
    ...(args.autoremove ? ["--auto-remove"] : []),
    ...(args.fail_on_autoremove ? ["--no-remove"] : []),
    ...(args.default_release === undefined ? [] : ["-t", args.default_release]),
    ...(args.install_recommends === undefined
      ? []
      : ["-o", `APT::Install-Recommends=${recommends}`]),
    ...(args.allow_unauthenticated ? ["--allow-unauthenticated"] : []),
    ...(args.allow_downgrade ? ["--allow-downgrades"] : []),
    ...(args.allow_change_held_packages ? ["--allow-change-held-packages"] : []),
  ];
}
