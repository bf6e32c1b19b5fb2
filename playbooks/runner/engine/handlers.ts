/** Runs the handlers that were notified, in the order in which the play defines them. */
import type { Task } from "../../model/play";
import type { HostRun } from "./host-run";
import type { PlayRun } from "./run";
import { answersTo, onHosts } from "./task-step";

/** Handlers that notify each other in a circle end here. */
const MAX_ROUNDS = 20;

/** Runs handlers until no notice is left; handlers may notify others. */
export async function flushHandlers(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (hosts.every((it) => it.notified.size === 0 || !it.running)) return;
    await runRound(playRun, hosts);
  }
}

async function runRound(playRun: PlayRun, hosts: readonly HostRun[]): Promise<void> {
  const answered = new Map<HostRun, Set<string>>(hosts.map((it) => [it, new Set(it.notified)]));
  for (const host of hosts) host.notified.clear();
  for (const handler of playRun.play.handlers) {
    const due = hosts.filter((host) => host.running && isDue(playRun, host, handler, answered));
    await onHosts(playRun, handler, due);
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
