/** One event of a run log as a line of text, for where there is no terminal. Pure. */
import type { RunLogLine } from "../../playbooks/run-log";
import { countOf } from "../count-of";
import { countsOf } from "../counts-of";
import { oneLine } from "./run-table";

/** More hosts are counted. */
const MOST_NAMES = 10;

/** The line, with the name of what runs first. */
export function eventLine(line: RunLogLine): string {
  return oneLine(`${line.name}: ${textOf(line)}`).trimEnd();
}

function textOf(line: RunLogLine): string {
  switch (line.event) {
    case "run.start":
      return `run begins (${line.mode}) ${timeOf(line.at)}: ${namesOf(line.hosts)}`;
    case "play.start":
      return `play ${line.play}: ${namesOf(line.hosts)}`;
    case "host.connected":
      return `${line.host}: connected after ${line.milliseconds} ms`;
    case "task.end": {
      const why = line.status === "failed" || line.status === "unreachable" ? line.message : "";
      return `${line.host}: ${line.task}: ${line.status}${why ? `: ${why}` : ""}`;
    }
    case "run.end": {
      const hosts = Object.entries(line.report.hosts);
      const counts = countsOf(hosts.map(([, { status }]) => status));
      const bad = hosts.flatMap(([host, { status }]) =>
        status === "ok" ? [] : [`${host} ${status}`],
      );
      const named = bad.length === 0 ? "" : ` (${bad.join(", ")})`;
      return `run ended after ${line.report.milliseconds} ms: ${counts}${named}`;
    }
  }
}

function namesOf(hosts: readonly string[]): string {
  return hosts.length > MOST_NAMES ? countOf(hosts.length, "host") : hosts.join(", ") || "no host";
}

/** A foreign log may hold any number. */
function timeOf(at: number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
