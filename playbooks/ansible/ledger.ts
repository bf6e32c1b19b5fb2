/** What a real ansible-playbook tells, as the events and reports of our own runner. Pure but for its calls back. */
import { member } from "../../core/mapping";
import type { HostReport, RunEvent, RunReport, TaskStatus } from "../runner/events";
import { type AnsibleCounts, type AnsibleEvent, LAST_PLAY } from "./callback";

/** What a ledger is made with. */
export interface LedgerParts {
  /** Hosts that the run is limited to. */
  readonly limited: readonly string[];
  /** By host: keys that were seen at first contact. */
  readonly scanned: ReadonlyMap<string, string>;
  /** Start of the paths in messages that is left out. */
  readonly folder: string;
  readonly redact: (text: string) => string;
  readonly onEvent: (event: RunEvent) => void;
  readonly clock: () => number;
}

/** Why a host that did not fail itself did not come to its end. */
export interface Trouble {
  readonly status: "failed" | "cancelled";
  readonly error: string;
}

interface HostEntry {
  ok: number;
  changed: number;
  skipped: number;
  failed: number;
  ignored: number;
  connected: boolean;
  ended: boolean;
  readonly changes: string[];
  error: string | undefined;
  kind: "failed" | "unreachable" | undefined;
}

type TaskEvent = Extract<AnsibleEvent, { event: "task" }>;

const HIDDEN = "the output is hidden by no_log";
const LONGEST_MESSAGE = 4000;

/** See the header. */
export class Ledger {
  readonly #hosts = new Map<string, HostEntry>();
  #stats: Extract<AnsibleEvent, { event: "stats" }> | undefined;

  /** @param parts - what it is made with */
  constructor(readonly parts: LedgerParts) {}

  /** Whether ansible-playbook told what became of its hosts. */
  get isComplete(): boolean {
    return this.#stats !== undefined;
  }

  /** Takes the plugin's next event. */
  take(event: AnsibleEvent): void {
    const { onEvent, clock } = this.parts;
    if (event.event === "stats") this.#stats = event;
    if (event.event === "play" && event.play !== LAST_PLAY) {
      for (const host of event.hosts) this.#entry(host);
      const hosts = event.hosts.filter((it) => !this.#isImplicit(it));
      onEvent({ event: "play.start", at: clock(), play: event.play, hosts });
    }
    if (event.event === "task") this.#task(event);
  }

  /**
   * What became of the hosts.
   * @param milliseconds - of the run
   * @param trouble - why hosts that did not come to their end did not; told of hosts that did not fail themselves
   */
  report(milliseconds: number, trouble: Trouble): RunReport {
    const names = new Set([...this.#hosts.keys()].filter((it) => !this.#isImplicit(it)));
    // Which hosts the plays that did not begin would have covered, nobody said: any may have been meant.
    if (!this.isComplete) for (const it of this.parts.limited) names.add(it);
    const hosts = [...names].sort().map((it) => [it, this.#hostReport(it, trouble)] as const);
    const stats = this.#stats?.custom ?? {};
    return {
      hosts: Object.fromEntries(hosts),
      milliseconds,
      ...(Object.keys(stats).length > 0 ? { stats } : {}),
    };
  }

  #hostReport(name: string, trouble: Trouble): HostReport {
    const entry = this.#entry(name);
    const counts = member(this.#stats?.hosts, name);
    const kind = kindOf(entry, counts);
    const left = kind === undefined && !entry.ended;
    const error = left ? trouble.error : entry.error;
    const key = this.parts.scanned.get(name);
    return {
      status: kind ?? (left ? trouble.status : "ok"),
      ok: counts ? counts.ok - (entry.ended ? 1 : 0) : entry.ok,
      changed: counts?.changed ?? entry.changed,
      skipped: counts?.skipped ?? entry.skipped,
      failed: counts?.failures ?? entry.failed,
      rescued: counts?.rescued ?? 0,
      ignored: counts?.ignored ?? entry.ignored,
      changes: entry.changes,
      ...(error === undefined || (kind === undefined && !left) ? {} : { error }),
      ...(key !== undefined && entry.connected ? { hostKey: key } : {}),
    };
  }

  #task(event: TaskEvent): void {
    const { onEvent, clock, redact } = this.parts;
    const entry = this.#entry(event.host);
    if (event.play === LAST_PLAY) {
      entry.ended = true;
      return;
    }
    const { host, status, play, milliseconds } = event;
    const task = redact(event.task);
    const message = event.hidden ? HIDDEN : shorten(redact(event.message));
    if (!entry.connected && status !== "unreachable") {
      entry.connected = true;
      onEvent({ event: "host.connected", at: clock(), host, milliseconds: 0 });
    }
    count(entry, status, task);
    onEvent({
      event: "task.end",
      at: clock(),
      play,
      task,
      module: event.module.split(".").at(-1) ?? event.module,
      host,
      status,
      milliseconds,
      queries: 0,
      changes: 0,
      ...(event.diff === "" ? {} : { diff: redact(event.diff) }),
      ...(message === "" ? {} : { message }),
    });
    if (status === "failed" || status === "unreachable") {
      entry.kind = status;
      entry.error = this.#errorOf({ ...event, task, message }, status);
    }
  }

  #errorOf({ at, task, message }: TaskEvent, status: "failed" | "unreachable"): string {
    const [line = "no reason was given"] = message.split("\n").filter((it) => it.trim() !== "");
    if (status === "unreachable") return `AS2392  ${line}`;
    const place = at.startsWith(`${this.parts.folder}/`)
      ? at.slice(this.parts.folder.length + 1)
      : at;
    return `AS2301  ${place}  task "${task}" failed: ${line}`;
  }

  #entry(host: string): HostEntry {
    const known = this.#hosts.get(host);
    if (known) return known;
    const counts = { ok: 0, changed: 0, skipped: 0, failed: 0, ignored: 0 };
    const fresh = {
      ...counts,
      connected: false,
      ended: false,
      changes: [],
      error: undefined,
      kind: undefined,
    };
    this.#hosts.set(host, fresh);
    return fresh;
  }

  /** The machine that runs the plays is no host of them, unless the inventory has it. */
  #isImplicit(host: string): boolean {
    return ["localhost", "127.0.0.1"].includes(host) && !this.parts.limited.includes(host);
  }
}

/** A failure that a rescue took care of is none; without counts, the last word holds. */
function kindOf(
  { kind, ended }: HostEntry,
  counts: AnsibleCounts | undefined,
): "failed" | "unreachable" | undefined {
  if (!counts) return ended ? undefined : kind;
  if (counts.unreachable > 0 && !ended) return "unreachable";
  return counts.failures > 0 && !ended ? "failed" : undefined;
}

function count(entry: HostEntry, status: TaskStatus, task: string): void {
  if (status === "changed") {
    entry.changed += 1;
    entry.changes.push(task);
  }
  if (status === "ok" || status === "changed" || status === "ignored") entry.ok += 1;
  if (status === "skipped" || status === "failed" || status === "ignored") entry[status] += 1;
}

function shorten(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}
