/** One event of a run log as a line of text, for where there is no terminal. Pure. */
import type { RunLogLine } from "../../playbooks/run-log";
import { plain } from "./run-table";

/** The line, with the name of what runs first. */
export function eventLine(line: RunLogLine): string {
  return plain(`${line.name}: ${textOf(line)}`).trimEnd();
}

function textOf(line: RunLogLine): string {
  switch (line.event) {
    case "run.start":
      return `run begins (${line.mode}) ${new Date(line.at).toISOString()}: ${line.hosts.join(", ")}`;
    case "play.start":
      return `play ${line.play}: ${line.hosts.join(", ")}`;
    case "host.connected":
      return `${line.host}: connected after ${line.milliseconds} ms`;
    case "task.end": {
      const why = line.status === "failed" || line.status === "unreachable" ? line.message : "";
      return `${line.host}: ${line.task}: ${line.status}${why ? `: ${why}` : ""}`;
    }
    case "run.end": {
      const ends = Object.entries(line.report.hosts).map(([host, it]) => `${host} ${it.status}`);
      return `run ended after ${line.report.milliseconds} ms: ${ends.join(", ")}`;
    }
  }
}
