/**
 * Runs the handlers that were notified, in the order in which the play defines them. What a host owes when
 * it leaves the play is kept: the change that notified a handler is made, and no later run would find it.
 */
import type { Task } from "../../model/play";
import { taskScope } from "../vars/host-scope";
import { flagOf } from "../vars/words";
import type { HostRun } from "./host-run";
import type { PlayRun } from "./run";
import { answersTo, onHosts } from "./task-step";

/** Handlers that notify each other in a circle end here. */
const MAX_ROUNDS = 20;

/** Runs handlers until no notice is left; handlers may notify others. */
export async function flushHandlers(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  const failed = hosts.filter((it) => isForced(playRun, it));
  const before = new Map(failed.map((it) => [it, it.failure]));
  for (const host of failed) host.failure = undefined;
  await flush(playRun, hosts);
  for (const [host, failure] of before) host.failure ??= failure;
}

/** With force_handlers, a host that failed runs its handlers all the same. */
function isForced({ run, play }: PlayRun, { failure, name }: HostRun): boolean {
  if (failure?.kind !== "failed") return false;
  const host = run.hosts.get(name);
  const { forceHandlers } = play;
  if (typeof forceHandlers === "boolean" || !host) return forceHandlers === true;
  const scope = taskScope(
    { run, play, hosts: [], batch: [], state: { ended: false } },
    host,
    play.directives,
  );
  return flagOf({ templar: run.templar, scope }, forceHandlers);
}

async function flush(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (hosts.every((it) => it.notified.size === 0 || !it.running)) return;
    await runRound(playRun, hosts);
  }
}

/** Notifies what an earlier run owes the host, where this play has a handler for it. */
export function takeOwed(playRun: PlayRun, host: HostRun): void {
  const { play } = playRun;
  const mine = host.owed.filter(
    (owed) =>
      owed.play === play.name &&
      play.handlers.some((it) => answersTo(playRun, host, it, owed.handler)),
  );
  for (const { handler } of mine) {
    host.notified.add(handler);
    host.unanswered.add(handler);
  }
  host.owed = host.owed.filter((it) => !mine.includes(it));
}

/** The play ends for a host. @param done - the play came to its end, so that only hosts that failed owe anything */
export function leaveOwed({ play, run }: PlayRun, host: HostRun, done: boolean): void {
  const owes = run.input.mode === "apply" && (!done || host.failure !== undefined);
  const left = owes ? [...host.unanswered].sort() : [];
  host.owed = [...host.owed, ...left.map((handler) => ({ play: play.name, handler }))];
  host.notified.clear();
  host.unanswered.clear();
}

async function runRound(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  const answered = new Map<HostRun, Set<string>>(hosts.map((it) => [it, new Set(it.notified)]));
  for (const host of hosts) host.notified.clear();
  for (const handler of playRun.play.handlers) {
    const due = hosts.filter((host) => host.running && isDue(playRun, host, handler, answered));
    await onHosts(playRun, handler, due);
  }
  for (const host of hosts.filter((it) => it.running)) {
    for (const name of host.unanswered) if (!host.notified.has(name)) host.unanswered.delete(name);
  }
}

function isDue(
  playRun: PlayRun,
  host: HostRun,
  handler: Task,
  answered: ReadonlyMap<HostRun, ReadonlySet<string>>,
): boolean {
  const names = [...(answered.get(host) ?? []), ...host.notified];
  const due = names.some((it) => answersTo(playRun, host, handler, it));
  // A notice given by an earlier handler of this round is answered in it as well.
  for (const it of names)
    if (due && answersTo(playRun, host, handler, it)) host.notified.delete(it);
  return due && !isShadowed(playRun, handler);
}

/** Of handlers with one name, the last is meant. */
function isShadowed({ play }: PlayRun, handler: Task): boolean {
  const same = play.handlers.filter((it) => it.name === handler.name);
  return handler.listen.length === 0 && same.at(-1) !== handler;
}
