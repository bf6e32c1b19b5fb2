/** Runs one task on all hosts that are running: side by side, and only then comes the next. */
import { mapBounded } from "../../../core/bounded";
import type { Task } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { taskScope } from "../vars/host-scope";
import { countOf, flagOf } from "../vars/words";
import { takeEffects } from "./effects";
import type { HostRun } from "./host-run";
import { failedOutcome, registeredOf, templateOutcome, type Outcome } from "./outcome";
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
  const [first] = hosts;
  if (first === undefined) return;
  if (!(await playRun.run.stepper.wants(playRun, task.name, first.name))) return;
  const settings = settingsOf(playRun, first, task);
  if (settings instanceof TemplateFailure) {
    tellAll(playRun, task, { hosts, failure: settings });
    return;
  }
  const { once, limit } = settings;
  const outcomes = await mapBounded(once ? [first] : hosts, limit, (host) =>
    runAndTell(playRun, host, task),
  );
  if (once && outcomes[0]) shareOutcome(task, { first, hosts, outcome: outcomes[0] });
  const failed = hosts.find((it) => it.failure !== undefined);
  if (failed && (settings.fatal || tooManyFailed(playRun, settings.bearable))) {
    stopBatch(playRun, failed);
  }
}

/** What is decided for all hosts of a batch at once. */
interface Settings {
  readonly once: boolean;
  /** Hosts at work at once. */
  readonly limit: number;
  readonly fatal: boolean;
  /** Percent of the batch that may fail; undefined: all but the last. */
  readonly bearable: number | undefined;
}

function settingsOf(playRun: PlayRun, first: HostRun, task: Task): Settings | TemplateFailure {
  const { run, play } = playRun;
  const { directives } = task;
  const wording = { templar: run.templar, scope: taskScope(playRun, first, directives) };
  const { forks, mode } = run.input;
  try {
    const most = countOf(wording, directives.throttle, 0);
    const bearable = play.maxFailPercentage;
    return {
      once: runsOnce(playRun, task, flagOf(wording, directives.runOnce)),
      limit: most === 0 ? forks : Math.min(most, forks),
      fatal: mode !== "refresh" && flagOf(wording, directives.anyErrorsFatal),
      bearable:
        bearable === undefined || mode === "refresh" ? undefined : countOf(wording, bearable, 100),
    };
  } catch (error) {
    if (error instanceof TemplateFailure) return error;
    throw error;
  }
}

interface Telling {
  readonly hosts: readonly HostRun[];
  readonly failure: TemplateFailure;
}

function tellAll(playRun: PlayRun, task: Task, { hosts, failure }: Telling): void {
  for (const host of hosts) {
    const effort = beginEffort(playRun, host);
    endTask(playRun, host, { task, outcome: templateOutcome(failure), effort });
  }
}

/** With the strategy free, no host waits for another, so that none could run a task for all. */
function runsOnce({ run, play }: PlayRun, task: Task, asked: boolean): boolean {
  if (play.strategy === "free") return false;
  return asked || run.machinery.modules.get(task.module)?.once === true;
}

function tooManyFailed({ batch }: PlayRun, bearable: number | undefined): boolean {
  if (bearable === undefined) return false;
  const count = batch.filter((it) => it.failure !== undefined).length;
  return (count / batch.length) * 100 > bearable;
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
  for (const it of outcome.effects ?? []) takeEffects(playRun.run, host, it);
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
  const kept = registeredOf(result, task.loop !== undefined);
  const values = task.register === undefined ? facts : { ...facts, [task.register]: kept };
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
  const { role } = handler.directives;
  if (role && `${role.name} : ${handler.name}` === name) return true;
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

function stoppedBy({ name }: HostRun): HostRun["failure"] {
  return { kind: "failed", message: `AS2302  stopped, because ${name} failed`, fatal: true };
}
