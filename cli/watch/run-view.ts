/** What a run log tells of one run: its tasks, and how each ended on each host. */
import type { HostReport, TaskStatus } from "../../playbooks/playbooks";
import type { RunLogLine } from "../../playbooks/run-log";

/** One task; a task that comes twice on a host is told twice. */
export interface TaskRow {
  readonly play: string;
  readonly task: string;
  /** By host; hosts on which it has not ended are not in it. */
  readonly cells: Map<string, TaskStatus>;
}

/** See the header. Filled as the lines come. */
export class RunView {
  readonly rows: TaskRow[] = [];
  /** Sorted by name. */
  hosts: readonly string[] = [];
  readonly connected = new Set<string>();
  /** By host: why its last task failed. */
  readonly failures = new Map<string, string>();
  mode = "apply";
  /** Milliseconds since 1970. */
  startedAt: number;
  lastAt: number;
  /** Which process writes, where it is known. */
  writer: { readonly pid: number; readonly machine: string } | undefined;
  /** It was ended before it came to its end. */
  isCut = false;
  /** By host, once the run has ended. */
  report: Readonly<Record<string, HostReport>> | undefined;
  readonly #byKey = new Map<string, TaskRow>();
  readonly #known = new Set<string>();

  /** @param first - a line of the run */
  constructor(readonly first: RunLogLine) {
    this.startedAt = first.at;
    this.lastAt = first.at;
  }

  /** Takes the next line of this run. */
  take(line: RunLogLine): void {
    this.lastAt = line.at;
    if (line.event === "run.start") {
      this.mode = line.mode;
      const { pid, machine } = line;
      if (pid !== undefined && machine !== undefined) this.writer = { pid, machine };
    }
    if (line.event === "run.start" || line.event === "play.start") this.#addHosts(line.hosts);
    if (line.event === "host.connected") this.connected.add(line.host);
    if (line.event === "task.end") this.#task(line);
    if (line.event === "run.end") this.report = line.report.hosts;
  }

  #addHosts(names: readonly string[]): void {
    const fresh = names.filter((it) => !this.#known.has(it));
    if (fresh.length === 0) return;
    for (const it of fresh) this.#known.add(it);
    this.hosts = [...this.#known].sort();
  }

  #task(line: Extract<RunLogLine, { event: "task.end" }>): void {
    const { play, task, host, status, message = "" } = line;
    this.#addHosts([host]);
    for (let nth = 0; ; nth += 1) {
      const key = JSON.stringify([play, task, nth]);
      const row = this.#byKey.get(key) ?? { play, task, cells: new Map<string, TaskStatus>() };
      if (row.cells.has(host)) continue;
      if (!this.#byKey.has(key)) this.rows.push(row);
      this.#byKey.set(key, row);
      row.cells.set(host, status);
      break;
    }
    if (status === "failed" || status === "unreachable") this.failures.set(host, message);
  }
}

/** All runs of some logs, in the order in which they began. */
export class RunViews {
  readonly #runs = new Map<string, RunView>();

  /** Takes the next line of any run. */
  take(line: RunLogLine): void {
    const run = this.#runs.get(line.run) ?? new RunView(line);
    this.#runs.set(line.run, run);
    run.take(line);
  }

  /** The last run of each name. */
  latest(): RunView[] {
    return [...new Map([...this.#runs.values()].map((it) => [it.first.name, it])).values()];
  }
}
