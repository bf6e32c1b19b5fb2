/** Shows a run as it goes: a progress line for tasks that change nothing, a line that stays for the others. */
import { printable } from "../core/printable";
import type { RunEvent } from "../playbooks/playbooks";
import { countOf } from "./count-of";
import type { Output } from "./output";

/** See the header. */
export class RunPrinter {
  #done = 0;

  /** @param output - of the command */
  constructor(readonly output: Output) {}

  /** Takes the next event of the run. */
  take(event: RunEvent): void {
    if (event.event === "play.start")
      this.output.note(`play ${event.play}: ${event.hosts.join(", ")}`);
    if (event.event === "task.end") this.#task(event);
  }

  #task(event: Extract<RunEvent, { event: "task.end" }>): void {
    this.#done += 1;
    const line = printable(`${event.host}: ${event.task}: ${event.status}`);
    if (event.status === "failed" || event.status === "unreachable") {
      this.output.fault(`${line}: ${printable(event.message ?? "")}`);
    } else if (event.status === "changed") {
      this.output.note(line);
      if (event.diff !== undefined && event.diff !== "") this.output.note(printable(event.diff));
    } else {
      this.output.progress(`${countOf(this.#done, "task")} ended; ${line}`);
    }
  }
}
