/** What the reading of a list of tasks knows of its surroundings. */
import type { Cursor } from "./cursor";
import type { Parsing, ReachBuilder } from "./parsing";
import type { Directives, Step } from "./play";

/** Where a list of tasks is read. */
export interface TaskScope {
  readonly parsing: Parsing;
  readonly reach: ReachBuilder;
  readonly inherited: Directives;
  /** Files of tasks that are being read, outermost first. */
  readonly files: readonly string[];
  /** Reads a list of tasks: passed, because files of tasks and lists of tasks contain each other. */
  readonly read: (scope: TaskScope, at: Cursor) => Step[];
}
