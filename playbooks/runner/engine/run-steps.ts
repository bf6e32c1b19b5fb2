/**
 * Runs steps on hosts in Ansible's linear order: every host ends a step before any begins the next.
 * Hosts that fail leave; a block's rescue brings them back.
 */
import { OuterFault } from "../../../core/faults";
import type { Block, Include, IncludeVars, Meta, Step } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { taskScope } from "../vars/host-scope";
import { flushHandlers } from "./handlers";
import type { Failure, HostRun } from "./host-run";
import { openIncludes } from "./include-step";
import { includeVars } from "./include-vars-step";
import { failedOutcome, skippedOutcome, templateOutcome } from "./outcome";
import type { PlayRun } from "./run";
import { skipReason } from "./run-task";
import { isSelected } from "./tags";
import { beginEffort, endTask } from "./task-event";
import { taskStep } from "./task-step";

/** Runs steps; afterwards each host is still running, has failed, or has ended. */
export async function runSteps(
  playRun: PlayRun,
  steps: readonly Step[],
  hosts: readonly HostRun[],
): Promise<void> {
  for (const step of steps) {
    playRun.run.options.signal.throwIfAborted();
    if (!hosts.some((it) => it.running)) return;
    const { role } = step.directives;
    const running = hosts.filter((it) => it.running && !it.hasDone(role));
    if (running.length === 0) continue;
    await runStep(playRun, step, running);
  }
}

async function runStep(playRun: PlayRun, step: Step, hosts: readonly HostRun[]): Promise<void> {
  if (step.kind === "task") await taskStep(playRun, step, hosts);
  else if (step.kind === "block") await runBlock(playRun, step, hosts);
  else if (step.kind === "meta") await runMeta(playRun, step, hosts);
  else if (isSelected(step.directives.tags, playRun.run.input)) {
    if (await playRun.run.stepper.wants(playRun, step.name, hosts[0]?.name)) {
      await runInclude(playRun, step, hosts);
    }
  }
}

async function runInclude(
  playRun: PlayRun,
  step: Include | IncludeVars,
  hosts: readonly HostRun[],
): Promise<void> {
  if (step.kind === "include_vars") await includeVars(playRun, step, hosts);
  else {
    for (const { steps, members, enter, leave } of openIncludes(playRun, step, hosts)) {
      enter();
      await runSteps(playRun, steps, members).finally(leave);
    }
  }
}

async function runBlock(playRun: PlayRun, step: Block, hosts: readonly HostRun[]): Promise<void> {
  await runSteps(playRun, step.block, hosts);
  const failed = hosts.filter((it) => it.failure?.kind === "failed");
  if (step.rescue.length > 0 && failed.length > 0) {
    for (const host of failed) beginRescue(host);
    await runSteps(playRun, step.rescue, failed);
  }
  if (step.always.length > 0) await runAlways(playRun, step, hosts);
}

function beginRescue(host: HostRun): void {
  const { failure } = host;
  host.failure = undefined;
  // A host that was stopped because of another one has no failed task.
  if (failure?.task !== undefined) host.countRescue();
  host.results.ansible_failed_result = failure?.result ?? {};
  host.results.ansible_failed_task = { name: failure?.task ?? "" };
}

/** Runs on every host that can be reached; a failure from before stays one. */
async function runAlways(playRun: PlayRun, step: Block, hosts: readonly HostRun[]): Promise<void> {
  const reachable = hosts.filter((it) => it.failure?.kind !== "unreachable");
  const before = new Map<HostRun, Failure | undefined>(reachable.map((it) => [it, it.failure]));
  for (const host of reachable) host.failure = undefined;
  try {
    await runSteps(playRun, step.always, reachable);
  } finally {
    for (const [host, failure] of before) host.failure ??= failure;
  }
}

/** Orders that one host decides on for all. */
const FOR_ALL = new Set<Meta["action"]>([
  "end_play",
  "end_batch",
  "clear_facts",
  "clear_host_errors",
  "refresh_inventory",
]);

async function runMeta(playRun: PlayRun, step: Meta, hosts: readonly HostRun[]): Promise<void> {
  const asked = FOR_ALL.has(step.action) ? hosts.slice(0, 1) : hosts;
  const chosen = asked.filter((host) => holds(playRun, step, host));
  if (chosen.length > 0) await obey(playRun, step, chosen);
}

async function obey(
  playRun: PlayRun,
  { action, directives }: Meta,
  chosen: readonly HostRun[],
): Promise<void> {
  const { batch, hosts, state } = playRun;
  if (action === "role_complete") for (const host of chosen) host.endRole(directives.role);
  if (action === "flush_handlers") await flushHandlers(playRun, chosen);
  if (action === "end_host") for (const host of chosen) host.ended = true;
  if (action === "reset_connection") for (const host of chosen) host.close();
  if (action === "end_play") state.ended = true;
  if (action === "end_play" || action === "end_batch") for (const host of batch) host.ended = true;
  if (action === "clear_facts") for (const host of hosts) host.forgetFacts();
  if (action === "clear_host_errors") for (const host of hosts) forgive(host);
}

/** A host that failed is part of the next play again, not of this one. */
function forgive(host: HostRun): void {
  if (host.failure === undefined) return;
  host.failure = undefined;
  host.ended = true;
}

function holds(playRun: PlayRun, step: Meta, host: HostRun): boolean {
  const effort = beginEffort(playRun, host);
  const scope = taskScope(playRun, host, step.directives);
  try {
    const reason = skipReason({ run: playRun.run, scope, task: step });
    if (reason === undefined) return true;
    const outcome = skippedOutcome(step.action);
    endTask(playRun, host, { task: { ...step, module: "meta" }, outcome, effort });
    return false;
  } catch (error) {
    if (!(error instanceof TemplateFailure) && !(error instanceof OuterFault)) throw error;
    const task = { ...step, module: "meta" };
    const failed = error instanceof TemplateFailure ? templateOutcome(error) : undefined;
    const outcome = failed ?? failedOutcome(error.message);
    endTask(playRun, host, { task, outcome, effort });
    return false;
  }
}
