/**
 * A process that outlives this one, as it is written down: a number alone says nothing, because
 * numbers are used again; with its start time it is one process for ever. Facts from proc(5).
 */
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** One process. */
export interface ProcessRecord {
  readonly pid: number;
  /** Clock ticks from the host's boot to the process's start. */
  readonly startTime: string;
}

/** Fields of /proc/PID/stat after the name in parentheses. */
const STATE_FIELD = 0;
const START_TIME_FIELD = 19;

/** The process of this number now, or undefined when there is none or only its zombie. */
export async function tryGetProcess(pid: number): Promise<ProcessRecord | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const startTime = fields?.[START_TIME_FIELD];
  const state = fields?.[STATE_FIELD];
  return startTime === undefined || state === "Z" || state === "X" ? undefined : { pid, startTime };
}

/** Whether this very process still runs. */
export async function isAlive({ pid, startTime }: ProcessRecord): Promise<boolean> {
  return (await tryGetProcess(pid))?.startTime === startTime;
}

/** The running children of a process. */
export async function childrenOf(pid: number): Promise<ProcessRecord[]> {
  const file = `/proc/${pid}/task/${pid}/children`;
  const text = await readFile(file, "latin1").catch(() => "");
  const found = await Promise.all(
    text
      .split(" ")
      .filter((it) => it !== "")
      .map((it) => tryGetProcess(Number(it))),
  );
  return found.filter((it) => it !== undefined);
}

/** Sends a signal if this very process still runs. */
export async function signalProcess(it: ProcessRecord, signal: NodeJS.Signals): Promise<void> {
  if (await isAlive(it)) sendSignal(it.pid, signal);
}

/** Kills the process and its group if it leads one and this very process still runs. */
export async function killGroup(it: ProcessRecord): Promise<void> {
  if (await isAlive(it)) sendSignal(-it.pid, "SIGKILL");
}

/** The text by which {@link tryReadAlive} knows a process again. */
export function formatRecord({ pid, startTime }: ProcessRecord): string {
  return JSON.stringify({ pid, startTime });
}

/** Writes a record down; a reader sees all of it or none. */
export async function saveRecord(file: string, record: ProcessRecord): Promise<void> {
  await writeFile(`${file}.new`, formatRecord(record));
  await rename(`${file}.new`, file);
}

/** The process written down in the file, if it still runs. */
export async function tryReadAlive(file: string): Promise<ProcessRecord | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const record = parseRecord(text);
  return record && (await isAlive(record)) ? record : undefined;
}

/** Forgets what was written down. */
export async function forgetRecord(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** A file that another program or a full disk cut short names no process. */
function parseRecord(text: string): ProcessRecord | undefined {
  const { pid, startTime } =
    /^\{"pid":(?<pid>[1-9]\d*),"startTime":"(?<startTime>\d+)"\}$/.exec(text)?.groups ?? {};
  return pid === undefined || startTime === undefined ? undefined : { pid: Number(pid), startTime };
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
