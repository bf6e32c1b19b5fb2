/**
 * Shows a run as it goes. With few hosts: a line that stays for each that was changed, and a progress line for the others. With
 * many: a line a task. Failures are told at once, host by host, always.
 */
import { printable } from "../core/printable";
import type { RunEvent } from "../playbooks/playbooks";
import { countOf } from "./count-of";
import type { Output } from "./output";
import { TaskTally } from "./task-tally";

/** More hosts are many. */
const FEW_HOSTS = 10;

type TaskEnd = Extract<RunEvent, { event: "task.end" }>;

/** See the header. */
export class RunPrinter {
  readonly #tally = new TaskTally();
  #done = 0;
  #failed = 0;
  #many = false;

  /** @param output - of the command */
  constructor(readonly output: Output) {}

  /** Takes the next event of the run. */
  take(event: RunEvent): void {
    if (event.event === "run.start") this.#many = event.hosts.length > FEW_HOSTS;
    if (event.event === "play.start" || event.event === "run.end") this.#notes(this.#tally.rest());
    if (event.event === "play.start") {
      this.#notes([`play ${oneLine(event.play)}: ${hostsInWords(event.hosts)}`]);
    }
    if (event.event === "task.end") this.#task(event);
  }

  #task(event: TaskEnd): void {
    this.#done += 1;
    const line = oneLine(`${event.host}: ${event.task}: ${event.status}`);
    if (this.#many) this.#notes(this.#tally.take(event));
    if (event.status === "failed" || event.status === "unreachable") {
      this.#failed += 1;
      this.output.fault(`${line}: ${printable(event.message ?? "")}`);
    } else if (event.status === "changed" && (!this.#many || hasDiff(event))) {
      this.output.note(line);
      if (hasDiff(event)) this.output.note(printable(event.diff ?? ""));
    } else if (!this.#many) {
      this.output.progress(`${countOf(this.#done, "task")} ended; ${line}`);
    }
    // Elsewhere than on a terminal it would be a line a host again.
    if (this.#many && this.output.isLive) this.output.progress(this.#progress(line));
  }

  #progress(line: string): string {
    const failed = this.#failed === 0 ? "" : `, ${this.#failed} failed`;
    return `${countOf(this.#done, "task")} ended${failed}; ${line}`;
  }

  #notes(lines: readonly string[]): void {
    for (const it of lines) this.output.note(oneLine(it));
  }
}

function hasDiff({ diff }: TaskEnd): boolean {
  return diff !== undefined && diff !== "";
}

function hostsInWords(hosts: readonly string[]): string {
  if (hosts.length === 0) return "no host";
  return hosts.length > FEW_HOSTS ? countOf(hosts.length, "host") : oneLine(hosts.join(", "));
}

function oneLine(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, " "));
}
