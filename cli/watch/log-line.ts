/**
 * A line of a run log, if it is one. Logs may be damaged, foreign, or of a later version, and nobody who watches must fall over
 * them: a line of which anything is missing that is shown is none. Pure.
 */
import { isMapping } from "../../core/mapping";
import type { TaskStatus } from "../../playbooks/playbooks";
import type { RunLogLine } from "../../playbooks/run-log";

type Fields = Readonly<Record<string, unknown>>;

const STATUSES: readonly TaskStatus[] = [
  ...(["ok", "changed", "skipped", "failed", "ignored", "unreachable"] as const),
];
const ENDS = ["ok", "failed", "unreachable", "cancelled"];

const CHECKS: Readonly<Record<RunLogLine["event"], (fields: Fields) => boolean>> = {
  "run.start": ({ hosts, mode, pid, machine }) =>
    isTexts(hosts) && isText(mode) && isOpenText(machine) && (pid === undefined || isNumber(pid)),
  "play.start": ({ play, hosts }) => isText(play) && isTexts(hosts),
  "host.connected": ({ host, milliseconds }) => isText(host) && isNumber(milliseconds),
  "task.end": ({ play, task, host, status, message }) =>
    [play, task, host].every(isText) && isOneOf(STATUSES, status) && isOpenText(message),
  "run.end": ({ report }) =>
    isMapping(report) &&
    isNumber(report.milliseconds) &&
    isMapping(report.hosts) &&
    Object.values(report.hosts).every(isReport),
};

/** @returns undefined for what is no line of a run log */
export function toLogLine(text: string): RunLogLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is RunLogLine {
  if (!isMapping(value)) return false;
  const { event, name, run, at } = value;
  if (!isText(event) || !isText(name) || !isText(run) || !isNumber(at)) return false;
  return Object.hasOwn(CHECKS, event) && CHECKS[event as RunLogLine["event"]](value);
}

function isReport(value: unknown): boolean {
  return isMapping(value) && isOneOf(ENDS, value.status) && isOpenText(value.error);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isOpenText(value: unknown): boolean {
  return value === undefined || isText(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isOneOf(allowed: readonly string[], value: unknown): boolean {
  return isText(value) && allowed.includes(value);
}
