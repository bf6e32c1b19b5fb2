/** Whether what wrote a run's log has ended without saying how the run did: killed, or ended by a second Ctrl-C. */
import { hostname } from "node:os";
import type { RunView } from "./run-view";

/**
 * Looks at the process, where it is one of this machine. To be asked before the log is read: what ended in between has said so.
 * @returns false also where nothing can be known
 */
export function isWriterGone({ report, writer }: RunView): boolean {
  if (report !== undefined || writer?.machine !== hostname()) return false;
  try {
    process.kill(writer.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Marks those that have not ended meanwhile. */
export function markCut(gone: readonly RunView[]): void {
  for (const it of gone) it.isCut = it.report === undefined;
}
