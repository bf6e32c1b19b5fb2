/** What the kernel tells of running processes, while they run. */
import { readdirSync, readFileSync } from "node:fs";

/** A process and all below it that run. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** Processes that a process has started and that run. */
export function childrenOf(pid: number): number[] {
  // Children belong to the thread that started them.
  return threadsOf(pid).flatMap((thread) =>
    readProc(`${pid}/task/${thread}/children`)
      .split(" ")
      .map(Number)
      .filter((it) => it > 0),
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Text of a file below /proc; empty when the process has ended: it may while it is looked at. */
export function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, "latin1");
  } catch {
    return "";
  }
}
