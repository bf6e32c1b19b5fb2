/** Runs a task's module once on one host: arguments rendered and checked, host prepared, result judged. */
import type { z } from "zod";
import { describeError, OuterFault } from "../../../core/faults";
import { LONGEST_TIMER_MS } from "../../../core/longest-timer";
import type { Task } from "../../model/play";
import { filesBelow, findFile, findFolder, purposeOf } from "../../model/travelling";
import type { Host } from "../host";
import { saveLocal } from "../local-files";
import type { Module, TaskContext, TaskResult } from "../module";
import { TemplateFailure } from "../template/failure";
import { isConnectionFault } from "../transport/connection-fault";
import { data } from "../vars/host-scope";
import type { Scope } from "../vars/scope";
import {
  countOf,
  environmentOf,
  failedCondition,
  flagOf,
  withoutOmitted,
  type Wording,
} from "../vars/words";
import { becomeOf } from "./become";
import { actorOf } from "./delegate";
import type { HostRun } from "./host-run";
import { lazyHost } from "./lazy-host";
import { reachedBy, type Reaching } from "./login";
import {
  failedOutcome,
  moduleOutcome,
  templateOutcome,
  unjudgedOutcome,
  type Outcome,
  type Registered,
} from "./outcome";
import type { Run } from "./run";
import { absentHost, RefreshGuard, viewHost } from "./task-host";

/** A task on a host with the variables of one item. */
export interface Attempt {
  readonly run: Run;
  readonly host: HostRun;
  readonly task: Task;
  readonly module: Module;
  readonly scope: Scope;
  /** What the task sees on another host. */
  readonly scopeOf: (host: HostRun) => Scope;
}

/** Runs once. Whatever goes wrong becomes a failed outcome; only an abort is thrown. */
export async function attempt(it: Attempt): Promise<Outcome> {
  const hidden = isHidden(it);
  const outcome = judge(it, await runModule(it));
  return hidden ? { ...outcome, hidden } : outcome;
}

/** A scope in which the result has its registered name. */
export function scopeWithResult({ task, scope }: Attempt, result: Registered): Scope {
  return task.register === undefined ? scope : scope.above(data({ [task.register]: result }));
}

async function runModule(it: Attempt): Promise<Outcome> {
  const { run, host, module, scope } = it;
  const guard = new RefreshGuard();
  let used = host;
  let limit: TimeLimit | undefined;
  try {
    const { delegateTo } = it.task.directives;
    const actor = actorOf(run, host, delegateTo === undefined ? { scope } : { scope, delegateTo });
    const args = readArguments(it);
    const check = isCheck(it);
    limit = timeLimit(it);
    const { signal } = limit;
    const door = reachedBy(reachOf(it, actor), actor);
    used = door;
    const view = await prepareHost(it, { door, check });
    const guarded = run.input.mode === "refresh" && !check ? guard.around(view) : view;
    const context = makeContext(it, guard, { host: guarded, check, signal });
    const result = await module.run(context, args);
    if (guard.refused) return refusedOutcome();
    if (run.input.tellFiles === true && !check) noteFiles(it, actor, { args, result });
    return actor === host ? moduleOutcome(result) : delegatedOutcome(it, actor, result);
  } catch (error) {
    run.options.signal.throwIfAborted();
    if (guard.refused) return refusedOutcome();
    if (limit?.signal.aborted === true) return failedOutcome(describeError(limit.signal.reason));
    if (error instanceof TemplateFailure) return templateOutcome(error);
    if (!isConnectionFault(error)) return failedOutcome(describeError(error));
    const failed = failedOutcome(describeError(error));
    used.close();
    return { ...failed, result: { ...failed.result, unreachable: true } };
  } finally {
    limit?.end();
  }
}

function noteFiles(
  it: Attempt,
  { noted }: HostRun,
  { args, result }: { readonly args: unknown; readonly result: TaskResult },
): void {
  const become = becomeOf(it.task.directives, it.run.input.become, wordingOf(it));
  noted.note(it.module.name, args, { result, become, secret: isHidden(it) });
}

/** Facts stay with the host of the task, unless delegate_facts gives them to the one it ran on. */
function delegatedOutcome(it: Attempt, actor: HostRun, result: TaskResult): Outcome {
  if (!flagOf(wordingOf(it), it.task.directives.delegateFacts)) return moduleOutcome(result);
  const { facts, hostFacts, ...rest } = result;
  Object.assign(actor.results, facts);
  Object.assign(actor.found, hostFacts);
  return moduleOutcome(rest);
}

interface TimeLimit {
  /** Aborted by the run's end, or with an AS2309 when the time is over. */
  readonly signal: AbortSignal;
  end(): void;
}

function timeLimit(it: Attempt): TimeLimit {
  const { task, run } = it;
  const wording = wordingOf(it);
  const seconds = [
    countOf(wording, task.directives.timeout, 0),
    countOf(wording, task.async, 0),
  ].filter((value) => value > 0);
  if (seconds.length === 0) return { signal: run.options.signal, end: () => undefined };
  const limit = Math.min(...seconds);
  const control = new AbortController();
  const problem = `the task took longer than its ${limit} s`;
  const timer = setTimeout(
    () => {
      control.abort(new OuterFault("AS2309", { problem }));
    },
    Math.min(limit * 1_000, LONGEST_TIMER_MS),
  );
  return {
    signal: AbortSignal.any([run.options.signal, control.signal]),
    end: () => {
      clearTimeout(timer);
    },
  };
}

/** `check_mode: false` asks for a real run, which a refresh must not make: it may look only. */
function refusedOutcome(): Outcome {
  return unjudgedOutcome("check_mode is false, and a refresh changes nothing");
}

/** Applies changed_when and failed_when. */
function judge(it: Attempt, outcome: Outcome): Outcome {
  const { task, run } = it;
  const { result } = outcome;
  if (result.unreachable === true || result.skipped === true) return outcome;
  const wording = { templar: run.templar, scope: scopeWithResult(it, result) };
  try {
    const changed =
      task.changedWhen === undefined
        ? result.changed
        : failedCondition(wording, task.changedWhen) === undefined;
    if (task.failedWhen === undefined) return { ...outcome, result: { ...result, changed } };
    const failed = failedCondition(wording, task.failedWhen) === undefined;
    const judged = { ...result, changed, failed, failed_when_result: failed };
    return failed && !result.failed
      ? { ...outcome, result: judged, message: outcome.message ?? "failed_when holds" }
      : { ...outcome, result: judged };
  } catch (error) {
    if (error instanceof TemplateFailure) return templateOutcome(error, result);
    throw error;
  }
}

function wordingOf({ run, scope }: Attempt): Wording {
  return { templar: run.templar, scope };
}

function isHidden(it: Attempt): boolean {
  try {
    return flagOf(wordingOf(it), it.task.directives.noLog);
  } catch {
    // What cannot be decided is not shown.
    return true;
  }
}

function isCheck(it: Attempt): boolean {
  return flagOf(wordingOf(it), it.task.directives.checkMode, it.run.input.mode !== "apply");
}

function readArguments(it: Attempt): unknown {
  const { task, module } = it;
  const { templar, scope } = wordingOf(it);
  const expressions = new Set(module.expressions);
  const rendered = Object.entries(task.args).map(([name, value]) => [
    name,
    expressions.has(name) ? value : templar.template(value, scope),
  ]);
  const result = module.args.safeParse(withoutOmitted(Object.fromEntries(rendered)));
  if (result.success) return result.data;
  throw new OuterFault("AS2303", {
    problem: `${module.name}: ${result.error.issues.map(issueText).join("; ")}`,
  });
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `argument ${path.map(String).join(".")}: ${message}` : message;
}

async function prepareHost(
  it: Attempt,
  { door, check }: { readonly door: HostRun; readonly check: boolean },
): Promise<Host> {
  const { module, task } = it;
  if (module.local === true) return absentHost(door.name);
  const wording = wordingOf(it);
  const become = becomeOf(it.task.directives, it.run.input.become, wording);
  return viewHost(module.connects === true ? lazyHost(door) : await door.connect(), {
    environment: environmentOf(wording, task.directives.environment),
    check,
    ...(become ? { become } : {}),
  });
}

/** A host to which a task is delegated is reached as its own variables say. */
function reachOf({ run, host, task, scope, scopeOf }: Attempt, actor: HostRun): Reaching {
  if (actor === host) return { run, directives: task.directives, scope };
  // As in Ansible: whatever reaches the host of the play says nothing of another one.
  const { connection: _, ...directives } = task.directives;
  return { run, directives, scope: scopeOf(actor) };
}

function makeContext(
  it: Attempt,
  guard: RefreshGuard,
  { host, check, signal }: Pick<TaskContext, "host" | "check" | "signal">,
): TaskContext {
  const { run, task, scope } = it;
  const { templar, input, jobs } = run;
  const query = (path: string) => ({
    from: task.at.file,
    purpose: purposeOf(task.module) ?? "files",
    path,
  });
  return {
    host,
    check,
    diff: flagOf(wordingOf(it), task.directives.diff, input.diff === true),
    signal,
    file: (path) => {
      const found = findFile(input.files, query(path));
      return found === undefined ? undefined : Buffer.from(input.files.get(found) ?? "", "utf8");
    },
    filesBelow: (path) => {
      const folder = findFolder(input.files, query(path));
      return folder === undefined ? [] : filesBelow(input.files, folder);
    },
    saveLocal: (path, content) =>
      input.mode === "refresh"
        ? Promise.reject(guard.refuse(`writing ${path} here`))
        : saveLocal(path, content, run.options.localFolder),
    render: (template, path) =>
      templar.renderFile(template, scope, findFile(input.files, query(path)) ?? task.at.file),
    job: (id) => jobs.look(id),
    dropJob: (id) => jobs.drop(id),
    evaluate: (expression) => templar.evaluate(expression, scope),
    get vars() {
      return scope.all();
    },
  };
}
