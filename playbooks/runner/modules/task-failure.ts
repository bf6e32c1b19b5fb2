/** The plain failure of a task: thrown within a module, it becomes a failed result. */
import type { TaskResult } from "../module";

/** A task failed for the reason in the message. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";

  /**
   * @param message - Ansible's `msg`
   * @param values - what `register` keeps beside it
   */
  constructor(
    message: string,
    readonly values: NonNullable<TaskResult["values"]> = {},
  ) {
    super(message);
  }
}
