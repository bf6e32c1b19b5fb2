/**
 * The run log: one JSON line an event, in a file a name, to which every run adds. It is for people and tools
 * that watch a run, or look at it afterwards. Events hold no secret; the files are their owner's alone.
 */
import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import type { RunEvent } from "./runner/events";

/** One line: an event, the name of what ran, and which of its runs it was. */
export type RunLogLine = RunEvent & {
  /** Name of the resource, or of the first playbook. */
  readonly name: string;
  /** Unique to one run. */
  readonly run: string;
  /** Of the process that writes, and of its machine: in the first line of a run, so that one that was cut off is known. */
  readonly pid?: number;
  readonly machine?: string;
};

/** How the files' names end. */
export const RUN_LOG_SUFFIX = ".jsonl";
/** A file that is larger when a run starts is put aside: as much again is kept, and no more. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** The file's name in a folder of logs; odd characters are escaped. */
export function runLogName(name: string): string {
  return `${encodeURIComponent(name).replace(/^\./, "%2E")}${RUN_LOG_SUFFIX}`;
}

/**
 * Opens a log, and makes the folders on its way.
 * @param file - added to, when it is there
 * @param name - of what runs
 * @returns takes the run's events; once the disk refuses one, it writes no more: no run fails for its log
 * @throws Error of the file system when the file cannot be opened
 */
export function openRunLog(file: string, name: string): (event: RunEvent) => void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  putAside(file);
  const run = randomUUID();
  let handle: number | undefined = openSync(file, "a", 0o600);
  const close = (): void => {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  };
  return (event) => {
    if (handle === undefined) return;
    try {
      const writer = event.event === "run.start" ? { pid: process.pid, machine: hostname() } : {};
      const line: RunLogLine = { name, run, ...writer, ...event };
      writeSync(handle, `${JSON.stringify(line)}\n`);
      if (event.event === "run.end") close();
    } catch {
      close();
    }
  };
}

function putAside(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_BYTES) renameSync(file, `${file}.old`);
}
