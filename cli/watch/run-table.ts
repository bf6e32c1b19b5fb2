/**
 * A run as a table of tasks × hosts: one line a task, one character a host where they fit, then the hosts
 * that did not end well. What hosts said may hold control characters: they are not written. Pure.
 */
import type { TaskStatus } from "../../playbooks/playbooks";
import { countOf } from "../count-of";
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
  failed: "F",
  ignored: "i",
  unreachable: "U",
};
const LEGEND = ". ok  + changed  - skipped  i ignored  F failed  U unreachable";
const TASK_WIDTH = 40;
const LEAST_ROWS = 3;

/**
 * The lines of a table.
 * @param run - what is shown
 * @param room - lines are cut to its columns; of tasks, the last are shown that fit its rows
 * @param now - milliseconds since 1970
 */
export function runTable(run: RunView, room: Room, now: number): string[] {
  const troubles = troublesOf(run);
  const space = Math.max(LEAST_ROWS, room.rows - 4 - troubles.length);
  const left = run.rows.slice(-space);
  const hidden = run.rows.length - left.length;
  const width = Math.min(TASK_WIDTH, Math.max(0, ...left.map(({ task }) => task.length)));
  const lines = [
    headline(run, now),
    ...(hidden > 0 ? [`  … ${countOf(hidden, "task")} before`] : []),
    ...left.map(
      (row) => `  ${fit(row.task, width)}  ${cellsOf(row, run, room.columns - width - 4)}`,
    ),
    ...(left.length > 0 ? [`  ${LEGEND}`] : []),
    ...troubles,
  ];
  return lines.map((it) => cut(plain(it), room.columns));
}

/** Text of a log without what a terminal would obey. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

function headline(run: RunView, now: number): string {
  const { first, hosts, connected, mode, startedAt, report, lastAt } = run;
  const what = `${first.name} (${mode}): ${countOf(hosts.length, "host")}`;
  if (!report) {
    const silent = seconds(now - lastAt);
    const word = silent >= 60 ? `, no word for ${silent} s` : "";
    return `${what}, ${connected.size} connected, running for ${seconds(now - startedAt)} s${word}`;
  }
  const ends = Object.values(report).map(({ status }) => status);
  const counts = [...new Set(ends)]
    .sort()
    .map((status) => `${ends.filter((it) => it === status).length} ${status}`);
  return `${what}, ended after ${seconds(lastAt - startedAt)} s: ${counts.join(", ") || "no host"}`;
}

function troublesOf({ report, failures }: RunView): string[] {
  const ended = Object.entries(report ?? {}).flatMap(([host, { status, error }]) =>
    status === "ok" ? [] : [[host, error ?? status] as const],
  );
  const entries = report ? ended : [...failures];
  return entries.map(([host, why]) => `  ${host}: ${why}`);
}

function cellsOf({ cells }: TaskRow, { hosts }: RunView, columns: number): string {
  if (hosts.length <= columns) {
    return hosts.map((it) => signOf(cells.get(it))).join("");
  }
  const ends = [...cells.values()];
  const counts = Object.keys(SIGNS).flatMap((status) => {
    const count = ends.filter((it) => it === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return `${ends.length}/${hosts.length}: ${counts.join(", ")}`;
}

function signOf(status: TaskStatus | undefined): string {
  return status === undefined ? " " : SIGNS[status];
}

function fit(text: string, width: number): string {
  return cut(plain(text), width).padEnd(width);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}

function seconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000));
}
