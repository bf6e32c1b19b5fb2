/** Waiting within a module, ended by the task's signal. */
import { sleep } from "../../../../core/bounded";
import type { TaskContext } from "../../module";

/** Waits; not at all for zero. */
export async function pause(
  { signal }: Pick<TaskContext, "signal">,
  milliseconds: number,
): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, { signal });
}
