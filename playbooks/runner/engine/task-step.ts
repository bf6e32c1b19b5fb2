/** Runs one task on all hosts that are running: side by side, and only then comes the next. */
import { mapBounded } from "../../../core/bounded";
import type { Task } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { taskScope } from "../vars/host-scope";
import { flagOf } from "../vars/words";
import type { HostRun } from "./host-run";
import { failedOutcome, type Outcome } from "./outcome";
import { runTask } from "./run-task";
import type { PlayRun } from "./run";
import { isSelected } from "./tags";
import { beginEffort, endTask } from "./task-event";

/** Runs a task on hosts; those that fail carry their failure afterwards. */
export async function taskStep(
  playRun: PlayRun,
  task: Task,
  hosts: readonly HostRun[],
): Promise<void> {
  const { input } = playRun.run;
  if (!isSelected(task.directives.tags, input)) return;
  await onHosts(playRun, task, hosts);
}

/** The same whatever its tags: handlers. */
export async function onHosts(
  playRun: PlayRun,
  task: Task,
  hosts: readonly HostRun[],
): Promise<void> {
  const { run } = playRun;
  const [first] = hosts;
  if (first === undefined) return;
  const once = isOn(playRun, first, task, task.runOnce);
  const outcomes = await mapBounded(once ? [first] : hosts, run.input.forks, (host) =>
    runAndTell(playRun, host, task),
  );
  if (once && outcomes[0]) shareOutcome(task, { first, hosts, outcome: outcomes[0] });
  const failed = hosts.find((it) => it.failure !== undefined);
  if (failed && isFatal(playRun, failed, task)) stopBatch(playRun, failed);
}

function isFatal(playRun: PlayRun, failed: HostRun, task: Task): boolean {
  if (playRun.run.input.mode === "refresh") return false;
  return isOn(playRun, failed, task, task.directives.anyErrorsFatal);
}

function stopBatch({ batch }: PlayRun, failed: HostRun): void {
  for (const it of batch) if (it.running) it.failure = stoppedBy(failed);
  if (failed.failure) failed.failure = { ...failed.failure, fatal: true };
}

async function runAndTell(playRun: PlayRun, host: HostRun, task: Task): Promise<Outcome> {
  const effort = beginEffort(playRun, host);
  const outcome = await runTask(playRun, host, task);
  const settled = keepResults(playRun, host, task, outcome);
  endTask(playRun, host, { task, outcome: settled, effort });
  return settled;
}

/** Registers, sets facts and notifies. */
function keepResults(playRun: PlayRun, host: HostRun, task: Task, outcome: Outcome): Outcome {
  keepValues(host, task, outcome);
  const { changed, failed } = outcome.result;
  if (!changed) return outcome;
  for (const name of task.notify) {
    const rendered = renderName(playRun, host, task, name);
    const known = playRun.play.handlers.some((it) => answersTo(playRun, host, it, rendered));
    if (!known && !failed) return failedOutcome(`AS2306  no handler is called "${rendered}"`);
    if (known) notify(playRun, host, { name: rendered, failed });
  }
  return outcome;
}

function notify(
  { play }: PlayRun,
  host: HostRun,
  { name, failed }: { readonly name: string; readonly failed: boolean },
): void {
  if (failed) {
    // A loop that failed half-way has changed something all the same: it is owed, but not run now.
    host.owed = [...host.owed, { play: play.name, handler: name }];
  } else {
    host.notified.add(name);
    host.unanswered.add(name);
  }
}

function keepValues(
  host: HostRun,
  task: Task,
  { result, facts = {}, hostFacts = {}, unjudged }: Outcome,
): void {
  Object.assign(host.found, hostFacts);
  const values = task.register === undefined ? facts : { ...facts, [task.register]: result };
  Object.assign(host.results, values);
  for (const name of Object.keys(values)) host.withheld.delete(name);
  if (unjudged !== true) return;
  // What a task that was not judged would have left is not known either.
  if (task.register !== undefined) host.withheld.add(task.register);
  if (task.module === "set_fact")
    for (const name of Object.keys(task.args)) host.withheld.add(name);
}

/** Whether a handler has this name, or listens to it. */
export function answersTo(playRun: PlayRun, host: HostRun, handler: Task, name: string): boolean {
  if (handler.name === name || handler.listen.includes(name)) return true;
  return renderName(playRun, host, handler, handler.name) === name;
}

function renderName(playRun: PlayRun, host: HostRun, task: Task, name: string): string {
  try {
    return playRun.run.templar.render(name, taskScope(playRun, host, task.directives));
  } catch (error) {
    if (error instanceof TemplateFailure) return name;
    throw error;
  }
}

interface Shared {
  readonly first: HostRun;
  readonly hosts: readonly HostRun[];
  readonly outcome: Outcome;
}

/** With run_once, all hosts have the result, the facts and the failure of the one that ran. */
function shareOutcome(task: Task, { first, hosts, outcome }: Shared): void {
  for (const host of hosts) {
    if (host === first) continue;
    keepValues(host, task, outcome);
    if (first.failure?.kind === "failed") host.failure ??= first.failure;
  }
}

function isOn(
  playRun: PlayRun,
  host: HostRun,
  { directives }: Task,
  flag: boolean | string | undefined,
): boolean {
  if (typeof flag !== "string") return flag === true;
  const scope = taskScope(playRun, host, directives);
  return flagOf({ templar: playRun.run.templar, scope }, flag);
}

function stoppedBy({ name }: HostRun): HostRun["failure"] {
  return { kind: "failed", message: `AS2302  stopped, because ${name} failed`, fatal: true };
}
