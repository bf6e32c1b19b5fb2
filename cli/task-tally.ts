/** How tasks end on many hosts, gathered so that a line a task tells it, and not a line a host. Pure. */
import type { RunEvent, TaskStatus } from "../playbooks/playbooks";

type TaskEnd = Extract<RunEvent, { event: "task.end" }>;

interface Tally {
  readonly task: string;
  /** Names of hosts. */
  readonly hosts: Set<string>;
  readonly byStatus: Map<TaskStatus, string[]>;
}

/** Hosts that a line stands for at least while they come one by one, as with the strategy free. */
const LEAST_HOSTS = 10;
/** More hosts are counted, and not named. */
const MOST_NAMES = 5;
const ORDER: readonly TaskStatus[] = [
  ...(["changed", "ok", "skipped", "ignored", "failed", "unreachable"] as const),
];
const NAMED: readonly TaskStatus[] = ["changed", "ignored", "failed", "unreachable"];

/** See the header. */
export class TaskTally {
  readonly #open = new Map<string, Tally>();
  #last: string | undefined;

  /** Takes how a task ended on a host. @returns lines of tasks that are told before it */
  take({ play, task, host, status }: TaskEnd): string[] {
    const key = JSON.stringify([play, task]);
    const isOver = this.#last !== key && this.#hostsOf(this.#last) >= LEAST_HOSTS;
    // Another task of the same name.
    const isAgain = this.#open.get(key)?.hosts.has(host) === true;
    const told = [...(isOver ? this.#tell(this.#last) : []), ...(isAgain ? this.#tell(key) : [])];
    const tally: Tally = this.#open.get(key) ?? newTally(task);
    this.#open.set(key, tally);
    tally.hosts.add(host);
    tally.byStatus.set(status, [...(tally.byStatus.get(status) ?? []), host]);
    this.#last = key;
    return told;
  }

  /** Lines of all that was not told. */
  rest(): string[] {
    return [...this.#open.keys()].flatMap((key) => this.#tell(key));
  }

  #hostsOf(key = ""): number {
    return this.#open.get(key)?.hosts.size ?? 0;
  }

  #tell(key = ""): string[] {
    const tally = this.#open.get(key);
    this.#open.delete(key);
    return tally ? [lineOf(tally)] : [];
  }
}

function newTally(task: string): Tally {
  return { task, hosts: new Set(), byStatus: new Map() };
}

function lineOf({ task, byStatus }: Tally): string {
  const parts = ORDER.flatMap((status) => {
    const hosts = byStatus.get(status) ?? [];
    if (hosts.length === 0) return [];
    const named = NAMED.includes(status) && hosts.length <= MOST_NAMES;
    return [`${hosts.length} ${status}${named ? ` (${[...hosts].sort().join(", ")})` : ""}`];
  });
  return `${task}: ${parts.join(", ")}`;
}
