/** Ends processes that may have ended by themselves. */

/** @param pid - of a process; negative: of a group */
export function tryKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
