/**
 * A run as a table of tasks × hosts: one line a task, one character a host where they fit, then the hosts
 * that did not end well. What hosts said may hold control characters: they are shown, and do nothing. Pure.
 */
import { columnsOf, cutToColumns, padToColumns } from "../../core/columns";
import { formatDuration } from "../../core/duration";
import { printable } from "../../core/printable";
import type { TaskStatus } from "../../playbooks/playbooks";
import { countOf } from "../count-of";
import { countsOf } from "../counts-of";
import type { RunView, TaskRow } from "./run-view";

/** Room on the screen, in characters. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

const SIGNS: Readonly<Record<TaskStatus, string>> = {
  ok: ".",
  changed: "+",
  skipped: "-",
  ignored: "i",
  failed: "F",
  unreachable: "U",
};
/** Counts are cut at their end: what is bad comes first. */
const BY_WEIGHT: readonly TaskStatus[] = [
  ...(["failed", "unreachable", "changed", "ok", "skipped", "ignored"] as const),
];
const TASK_WIDTH = 40;
const LEAST_ROWS = 3;
const SILENT_SECONDS = 60;
const LOST_SECONDS = 600;

/**
 * The lines of a table.
 * @param run - what is shown
 * @param room - lines are cut to its columns; of tasks, the last are shown that fit its rows, of hosts that did not end well
 * the first
 * @param now - milliseconds since 1970
 */
export function runTable(run: RunView, room: Room, now: number): string[] {
  const troubles = troublesOf(run, Math.max(LEAST_ROWS, Math.floor(room.rows / 3)));
  const space = Math.max(LEAST_ROWS, room.rows - 4 - troubles.length);
  const left = run.rows.slice(-space);
  const hidden = run.rows.length - left.length;
  const names = left.map(({ task }) => columnsOf(oneLine(task)));
  const width = Math.min(TASK_WIDTH, Math.floor(room.columns / 2), Math.max(0, ...names));
  const cells = left.map((row) => cellsOf(row, run, room.columns - width - 4));
  const lines = [
    headline(run, now),
    ...(hidden > 0 ? [`  … ${countOf(hidden, "task")} before`] : []),
    ...left.map((row, at) => `  ${fit(row.task, width)}  ${cells[at] ?? ""}`),
    ...legendOf(left, run, room.columns - width - 4),
    ...troubles,
  ];
  return lines.map((it) => cutToColumns(oneLine(it), room.columns));
}

/** The first line of a table: what counts most comes first, since its end may be cut. */
export function headline(run: RunView, now: number): string {
  const { first, hosts, connected, mode, startedAt, report, lastAt } = run;
  const what = `${first.name} (${mode}): `;
  if (run.isCut) return `${what}was cut off after ${lasting(seconds(lastAt - startedAt))}`;
  if (!report) {
    const silent = seconds(now - lastAt);
    const lost = silent >= LOST_SECONDS ? ", it may be gone" : "";
    const word = silent >= SILENT_SECONDS ? `no word for ${lasting(silent)}${lost}, ` : "";
    const running = `running for ${lasting(seconds(now - startedAt))}`;
    return `${what}${word}${running}, ${countOf(hosts.length, "host")}, ${connected.size} connected`;
  }
  const ends = countsOf(Object.values(report).map(({ status }) => status));
  return `${what}ended after ${lasting(seconds(lastAt - startedAt))}: ${ends}`;
}

/** Text of a log in one line, without what a terminal would obey. */
export function oneLine(text: string): string {
  return printable(text.replace(/[\n\t]/g, " "));
}

function troublesOf({ report, failures }: RunView, most: number): string[] {
  const ended = Object.entries(report ?? {}).flatMap(([host, { status, error }]) =>
    status === "ok" ? [] : [[host, error ?? status] as const],
  );
  const entries = report ? ended : [...failures];
  const shown = entries.length > most ? entries.slice(0, most - 1) : entries;
  const hidden = entries.length - shown.length;
  return [
    ...shown.map(([host, why]) => `  ${host}: ${why}`),
    ...(hidden > 0 ? [`  … ${hidden} hosts more: armstead watch --once shows all`] : []),
  ];
}

function cellsOf({ cells }: TaskRow, { hosts }: RunView, columns: number): string {
  if (hosts.length <= columns) return hosts.map((it) => signOf(cells.get(it))).join("");
  const ends = [...cells.values()];
  const counts = BY_WEIGHT.flatMap((status) => {
    const count = ends.filter((it) => it === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return `${ends.length}/${hosts.length}: ${counts.join(", ")}`;
}

/** The signs that are shown. */
function legendOf(rows: readonly TaskRow[], { hosts }: RunView, columns: number): string[] {
  if (hosts.length > columns) return [];
  const shown = new Set(rows.flatMap(({ cells }) => [...cells.values()]));
  const words = (Object.keys(SIGNS) as TaskStatus[])
    .filter((it) => shown.has(it))
    .map((it) => `${SIGNS[it]} ${it}`);
  return words.length === 0 ? [] : [`  ${words.join("  ")}`];
}

function signOf(status: TaskStatus | undefined): string {
  return status === undefined ? " " : SIGNS[status];
}

function fit(text: string, width: number): string {
  return padToColumns(cutToColumns(oneLine(text), width), width);
}

function seconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000));
}

function lasting(count: number): string {
  return count < SILENT_SECONDS ? `${count} s` : formatDuration(count * 1000);
}
