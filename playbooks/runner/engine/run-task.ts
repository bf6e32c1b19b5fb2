/** Runs a task on one host: condition, loop, retries; what it leaves is its outcome. */
import { sleep } from "../../../core/bounded";
import { Bug, OuterFault } from "../../../core/faults";
import type { Loop, Task, Variables } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { pythonStr } from "../template/python";
import { data, taskScope } from "../vars/host-scope";
import type { Scope } from "../vars/scope";
import { countOf, failedCondition, flagOf } from "../vars/words";
import { attempt, scopeWithResult, type Attempt } from "./attempt";
import type { HostRun } from "./host-run";
import { loopItems, itemVariables } from "./loop";
import {
  failedOutcome,
  loopOutcome,
  skippedOutcome,
  templateOutcome,
  unjudgedOutcome,
  type Outcome,
} from "./outcome";
import type { PlayRun } from "./run";

const DEFAULT_RETRIES = 3;
const DEFAULT_DELAY_S = 5;
const DEFAULT_POLL_S = 15;

/** Runs a task on a host. @throws the signal's reason; anything else becomes a failed outcome */
export async function runTask(playRun: PlayRun, host: HostRun, task: Task): Promise<Outcome> {
  const { run } = playRun;
  const module = run.machinery.modules.get(task.module);
  if (!module) throw new Bug(`the module ${task.module} was checked and is gone`);
  const scope = taskScope(playRun, host, task.directives);
  const scopeOf = (other: HostRun): Scope => taskScope(playRun, other, task.directives);
  const it: Attempt = { run, host, task, module, scope, scopeOf };
  try {
    return task.loop ? await runLoop(it, task.loop) : await runOne(it);
  } catch (error) {
    run.options.signal.throwIfAborted();
    if (error instanceof TemplateFailure) return templateOutcome(error);
    // A loop over something else than its kind loops over.
    if (error instanceof OuterFault) return failedOutcome(error.message);
    throw error;
  }
}

/** Why a task is skipped; undefined when it runs. @throws TemplateFailure */
export function skipReason({
  run,
  task,
  scope,
}: Pick<Attempt, "run" | "scope"> & {
  readonly task: Pick<Task, "directives">;
}): string | undefined {
  const failed = failedCondition({ templar: run.templar, scope }, task.directives.when);
  return failed === undefined ? undefined : `when: ${pythonStr(failed)}`;
}

async function runOne(it: Attempt): Promise<Outcome> {
  const reason = skipReason(it);
  return reason === undefined ? runUntil(it) : skippedOutcome(reason);
}

async function runLoop(it: Attempt, loop: Loop): Promise<Outcome> {
  const { run, scope } = it;
  const items = itemsOrSkip(it, loop);
  if (typeof items === "string") return skippedOutcome(items);
  const outcomes: Outcome[] = [];
  // What one item sets the next one sees, so that lists can be put together.
  let made: Variables = {};
  for (const [index, item] of items.entries()) {
    run.options.signal.throwIfAborted();
    const variables = itemVariables(loop, items, index);
    const inner = scope.above(data(variables), data(made));
    const outcome = await runItem({ ...it, scope: inner });
    made = { ...made, ...outcome.facts };
    outcomes.push(labelled(outcome, { ...it, scope: inner }, loop, item));
    if (outcome.result.unreachable === true) break;
    const pause = countOf({ templar: run.templar, scope }, loop.pause, 0);
    if (pause > 0 && index < items.length - 1) await sleep(pause * 1_000, run.options);
  }
  return loopOutcome(outcomes);
}

async function runItem(it: Attempt): Promise<Outcome> {
  try {
    return await runOne(it);
  } catch (error) {
    if (error instanceof TemplateFailure) return templateOutcome(error);
    throw error;
  }
}

/** The items; or why the task is skipped, when they cannot be had but its condition rules it out anyway. */
function itemsOrSkip(it: Attempt, loop: Loop): readonly unknown[] | string {
  const { run, scope } = it;
  try {
    return loopItems({ templar: run.templar, scope }, loop);
  } catch (error) {
    const reason = tryReason(it);
    if (reason !== undefined) return reason;
    throw error;
  }
}

function tryReason(it: Attempt): string | undefined {
  try {
    return skipReason(it);
  } catch {
    return undefined;
  }
}

/** Adds the item to what is registered, and its label to what is shown. */
function labelled(outcome: Outcome, it: Attempt, loop: Loop, item: unknown): Outcome {
  const label = loop.label === undefined ? pythonStr(item) : labelOf(it, loop.label);
  const result = { ...outcome.result, [loop.loopVar]: item, ansible_loop_var: loop.loopVar };
  if (outcome.message === undefined || outcome.hidden === true) return { ...outcome, result };
  return { ...outcome, result, message: `(item=${label}) ${outcome.message}` };
}

function labelOf({ run, scope }: Attempt, label: string): string {
  try {
    return pythonStr(run.templar.template(label, scope));
  } catch {
    return label;
  }
}

/** Repeats until the condition holds. */
async function runUntil(it: Attempt): Promise<Outcome> {
  const { task, run, scope } = it;
  const wording = { templar: run.templar, scope };
  const repeats = task.until.length > 0 || task.retries !== undefined;
  const retries = countOf(wording, task.retries, repeats ? DEFAULT_RETRIES : 0);
  const delay = countOf(wording, task.delay, DEFAULT_DELAY_S);
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await attemptOrStart(it);
    if (!repeats) return outcome;
    const { result } = outcome;
    const done = isDone(it, outcome);
    if (done || attempts > retries || result.unreachable === true) {
      // As in Ansible, the first try is none of those that were in vain.
      const told = done ? attempts : Math.max(1, attempts - 1);
      const counted = { ...result, attempts: told, failed: result.failed || !done };
      const message = done ? outcome.message : (outcome.message ?? "until never held");
      return { ...outcome, result: counted, ...(message === undefined ? {} : { message }) };
    }
    await sleep(delay * 1_000, run.options);
  }
}

/** With `async`, and nobody to wait for it, a task runs beside the others. */
async function attemptOrStart(it: Attempt): Promise<Outcome> {
  const { task, run, scope } = it;
  const wording = { templar: run.templar, scope };
  if (countOf(wording, task.async, 0) === 0) return attempt(it);
  if (flagOf(wording, task.directives.checkMode, run.input.mode !== "apply")) {
    const reason = "tasks that run beside the others are not run in check mode";
    return run.input.mode === "refresh" ? unjudgedOutcome(reason) : skippedOutcome(reason);
  }
  const waits = countOf(wording, task.poll, DEFAULT_POLL_S) > 0;
  const ended = attempt(it);
  const id = run.jobs.add(ended.then(({ result }) => result));
  const job = { ansible_job_id: id, results_file: "", started: 1 };
  if (!waits) {
    return { result: { ...job, finished: 0, changed: true, failed: false } };
  }
  const outcome = await ended;
  return { ...outcome, result: { ...outcome.result, ...job, finished: 1 } };
}

/** Without a condition, a task is repeated until it succeeds. */
function isDone(it: Attempt, { result }: Outcome): boolean {
  if (it.task.until.length === 0) return !result.failed;
  const scope = scopeWithResult(it, result);
  return failedCondition({ templar: it.run.templar, scope }, it.task.until) === undefined;
}
