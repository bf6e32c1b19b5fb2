/** Runs one play: its hosts in batches; facts, then the sections with their handlers. */
import { mapBounded } from "../../../core/bounded";
import { describeError, OuterFault } from "../../../core/faults";
import {
  coveredNames,
  covers,
  hasPositions,
  type HostPattern,
  meansLocalhost,
  type PatternHost,
} from "../../model/host-pattern";
import { NO_DIRECTIVES } from "../../model/directives";
import type { Play } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { isConnectionFault } from "../transport/connection-fault";
import { taskScope, variablesProblem } from "../vars/host-scope";
import { flagOf, type Wording } from "../vars/words";
import { localhost } from "./delegate";
import { flushHandlers, leaveOwed, takeOwed } from "./handlers";
import type { HostRun } from "./host-run";
import { logIn } from "./login";
import { gatherAside } from "./other-facts";
import { failedOutcome, moduleOutcome, type Outcome } from "./outcome";
import type { PlayRun, Run } from "./run";
import { runSteps } from "./run-steps";
import { beginEffort, endTask } from "./task-event";

/** The task that gathers facts, as Ansible calls it. */
const FACTS = "Gathering Facts";

/** On which hosts a run works. */
export interface Limits {
  readonly isWithin: (host: HostRun) => boolean;
  /** Hosts that are none of them, but whose facts are read. */
  readonly aside: readonly HostRun[];
}

/** Why a run ends before its last play. */
export interface RunEnd {
  /** The host whose failure ended it. */
  readonly by: HostRun;
  /** Hosts of the play whose batch was not begun. */
  readonly left: readonly HostRun[];
}

/**
 * Runs a play on the hosts of its pattern that are within the limit and have not failed.
 * @returns the end of the whole run, when a batch failed as a whole or an error was fatal
 */
export async function runPlay(
  run: Run,
  play: Play,
  { isWithin, aside }: Limits,
): Promise<RunEnd | undefined> {
  const meant = inOrder(play, meantHosts(run, play.hosts));
  const hosts = meant.filter((it) => it.failure === undefined && isWithin(it));
  const names = hosts.map((it) => it.name);
  run.emit({ event: "play.start", at: run.clock(), play: run.redact(play.name), hosts: names });
  const state = { ended: false };
  for (const host of hosts) {
    host.ended = false;
    host.publicRoles = [];
    host.forgetRoles();
    tryLogIn({ run, play, hosts, batch: hosts, state }, host);
  }
  await gatherOthers(
    { run, play, hosts, batch: hosts, state },
    meant.filter((it) => aside.includes(it)),
  );
  const batches = batchesOf(hosts, play.serial);
  for (const [index, batch] of batches.entries()) {
    if (state.ended) break;
    await runBatch({ run, play, hosts, batch, state });
    const by = enderOf(run, batch);
    if (by) return { by, left: batches.slice(index + 1).flat() };
  }
  return undefined;
}

function inOrder({ order }: Play, hosts: readonly HostRun[]): HostRun[] {
  const sorted = [...hosts];
  if (order.endsWith("sorted")) sorted.sort((a, b) => (a.name < b.name ? -1 : 1));
  return order.startsWith("reverse") ? sorted.reverse() : sorted;
}

function tryLogIn(playRun: PlayRun, host: HostRun): void {
  try {
    logIn(playRun, host);
  } catch (error) {
    if (error instanceof OuterFault) {
      host.failure = { kind: "failed", message: describeError(error) };
      return;
    }
    if (!(error instanceof TemplateFailure)) throw error;
    host.failure = { kind: "failed", message: `AS2301  ${error.message}` };
  }
}

/** A refresh changes nothing, so no host needs to be kept from what another one came to. */
function enderOf({ input }: Run, batch: readonly HostRun[]): HostRun | undefined {
  if (input.mode === "refresh") return undefined;
  const fatal = batch.find((it) => it.failure?.fatal === true);
  return fatal ?? (batch.every((it) => it.failure !== undefined) ? batch[0] : undefined);
}

/** The hosts that a pattern means: those of the inventory, and this machine where it is asked for by its name. */
export function meantHosts(run: Run, pattern: HostPattern): HostRun[] {
  const hosts = run.hosts.values();
  const names = coveredNames(pattern, patternHosts(hosts));
  const meant = hosts.filter((it) => names.has(it.name));
  const isHost = (name: string): boolean => run.hosts.get(name) !== undefined;
  return meansLocalhost(pattern, isHost) ? [...meant, localhost(run)] : meant;
}

/** Whether a pattern means a host of a run, as its groups are now. */
export function isMeant({ hosts }: Run, pattern: HostPattern, { name, entry }: HostRun): boolean {
  if (!hasPositions(pattern)) return covers(pattern, { name, groups: entry.groups }) === true;
  return coveredNames(pattern, patternHosts(hosts.values())).has(name);
}

function patternHosts(hosts: readonly HostRun[]): PatternHost[] {
  return hosts.map(({ name, entry: { groups, places } }) => ({ name, groups, places }));
}

async function runBatch(playRun: PlayRun): Promise<void> {
  const { run, play, batch } = playRun;
  for (const host of batch) takeOwed(playRun, host);
  let done = false;
  try {
    await gatherAll(playRun);
    if (play.chosen.length > 0) for (const host of batch) checkVariables(playRun, host);
    if (play.strategy === "linear") await runSections(playRun, batch);
    else await mapBounded(batch, run.input.forks, (host) => runAlone(playRun, host));
    for (const host of batch) host.lastDone = play;
    done = true;
  } finally {
    for (const host of batch) leaveOwed(playRun, host, done);
  }
}

async function runAlone(playRun: PlayRun, host: HostRun): Promise<void> {
  await runSections(playRun, [host]);
  host.lastDone = playRun.play;
}

/** Facts are there now: what `vars_files` names must be there as well. */
function checkVariables(playRun: PlayRun, host: HostRun): void {
  const problem = variablesProblem(playRun, host);
  if (problem === undefined || host.failure !== undefined) return;
  host.failure = { kind: "failed", message: `AS2301  ${problem}` };
}

async function runSections(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  for (const section of playRun.play.sections) {
    if (section.length > 0) {
      await runSteps(playRun, section, hosts);
      await flushHandlers(playRun, hosts);
    }
  }
}

async function gatherAll(playRun: PlayRun): Promise<void> {
  const { run, play } = playRun;
  const batch = playRun.batch.filter((it) => it.facts === undefined);
  const ask = (host: HostRun | undefined): Promise<boolean> =>
    run.stepper.wants(playRun, FACTS, host?.name);
  if (play.gatherFacts === false || batch.length === 0) return;
  if (play.strategy === "linear" && !(await ask(batch[0]))) return;
  await mapBounded(batch, run.input.forks, async (host) => {
    if (play.strategy === "linear" || (await ask(host))) await gather(playRun, host);
  });
}

/** Connects and reads the facts, once a run. */
async function gather(playRun: PlayRun, host: HostRun): Promise<void> {
  const { run, play } = playRun;
  if (host.facts !== undefined) return;
  const wording = { templar: run.templar, scope: taskScope(playRun, host, NO_DIRECTIVES) };
  const effort = beginEffort(playRun, host);
  const task = {
    name: FACTS,
    at: play.at,
    module: "setup",
    directives: NO_DIRECTIVES,
  };
  try {
    if (!flagOf(wording, play.gatherFacts)) return;
    const connection = await host.connect();
    host.facts = await run.machinery.gatherFacts(connection, { signal: run.options.signal });
    endTask(playRun, host, { task, outcome: moduleOutcome({ changed: false }), effort });
  } catch (error) {
    run.options.signal.throwIfAborted();
    endTask(playRun, host, { task, outcome: failureOf(error), effort });
  }
}

/** The same for hosts on which the play does not run. */
async function gatherOthers(playRun: PlayRun, others: readonly HostRun[]): Promise<void> {
  const { run, play } = playRun;
  const gathers = (host: HostRun): boolean => {
    const scope = taskScope(playRun, host, NO_DIRECTIVES);
    return host.facts === undefined && tryFlag({ templar: run.templar, scope }, play.gatherFacts);
  };
  await gatherAside(run, others.filter(gathers));
}

function tryFlag(wording: Wording, flag: Play["gatherFacts"]): boolean {
  try {
    return flagOf(wording, flag);
  } catch {
    return false;
  }
}

function failureOf(error: unknown): Outcome {
  const failed = failedOutcome(describeError(error));
  if (!(error instanceof OuterFault) || !isConnectionFault(error)) return failed;
  return { ...failed, result: { ...failed.result, unreachable: true } };
}

/** Splits hosts as `serial` says; its last size repeats. */
export function batchesOf<T>(hosts: readonly T[], serial: Play["serial"]): T[][] {
  if (hosts.length === 0) return [];
  if (serial.length === 0) return [[...hosts]];
  const batches: T[][] = [];
  for (let from = 0; from < hosts.length;) {
    const size = serial[Math.min(batches.length, serial.length - 1)] ?? hosts.length;
    const count = typeof size === "number" ? size : (parseInt(size, 10) * hosts.length) / 100;
    const batch = hosts.slice(from, from + Math.max(1, Math.floor(count)));
    batches.push(batch);
    from += batch.length;
  }
  return batches;
}
