/** Waiting within a module, ended by the task's signal. */
import { sleep } from "../../../../core/bounded";
import type { TaskContext } from "../../module";

/** Waits; not at all for zero. */
export async function pause(
  { signal }: Pick<TaskContext, "signal">,
  milliseconds: number,
): Promise<void> {
  // One signal may stop the waits of many hosts; each gets its own, so that listeners do not pile up.
  if (milliseconds > 0) await sleep(milliseconds, { signal: signal && AbortSignal.any([signal]) });
}
