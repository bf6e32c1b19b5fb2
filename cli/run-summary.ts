/** What is said of a run of plays when it is over: those that did not end well come last, where the eye is. Pure. */
import { formatDuration } from "../core/duration";
import { printable } from "../core/printable";
import { formatTable } from "../core/table";
import type { HostReport, RunReport } from "../playbooks/playbooks";
import { countOf } from "./count-of";
import { countsOf } from "./counts-of";

const HEAD = ["host", "status", "ok", "changed", "skipped", "failed", "rescued", "ignored", ""];
/** Characters of a reason in the table; the whole of it was told when it happened. */
const LONGEST_REASON = 300;
/** Hosts that are named for a --limit. */
const MOST_NAMED = 50;
/** Of fewer hosts the table says it all. */
const MANY_HOSTS = 10;
const STOPPED = "stopped before it came to its end";

/** One row a host, in the run's order; hosts that did not end well below the others. */
export function summaryTable({ hosts }: RunReport): string {
  const all = Object.entries(hosts);
  const isWell = ([, { status }]: (typeof all)[number]): boolean => status === "ok";
  const sorted = [...all.filter(isWell), ...all.filter((it) => !isWell(it))];
  const rows = sorted.map(([name, it]) => [
    printable(name),
    it.status,
    ...[it.ok, it.changed, it.skipped, it.failed, it.rescued, it.ignored].map(String),
    reasonOf(it),
  ]);
  return formatTable(HEAD, rows);
}

/**
 * How many ended how, and how to run those again that did not end well.
 * @returns undefined where the table alone tells it
 */
export function summaryLine({ hosts, milliseconds }: RunReport): string | undefined {
  const all = Object.entries(hosts);
  const bad = all.filter(([, { status }]) => status !== "ok");
  const after = `after ${formatDuration(milliseconds)}`;
  if (bad.length === 0) {
    if (all.length <= MANY_HOSTS) return undefined;
    const changed = all.filter(([, it]) => it.changed > 0).length;
    return `all ${all.length} hosts ended well ${after}, ${changed} of them changed`;
  }
  const counts = countsOf(bad.map(([, { status }]) => status));
  const what = `${bad.length} of ${countOf(all.length, "host")} did not end well: ${counts}, ${after}`;
  if (bad.length === all.length || bad.length > MOST_NAMED) return what;
  return printable(`${what}; these alone again: --limit ${bad.map(([name]) => name).join(",")}`);
}

function reasonOf({ status, error }: HostReport): string {
  const reason = error ?? (status === "cancelled" ? STOPPED : "");
  const text = printable(reason.replace(/\s*[\r\n]\s*/g, " "));
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}…` : text;
}
