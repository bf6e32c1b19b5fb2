/** The shape of a command's cases. */
import type { Step } from "./orders";
import type { Point } from "./points";

/** One command. */
export interface CommandCase {
  readonly name: string;
  readonly at: Point;
  /** Run one after the other, and words of what each prints. */
  readonly takes: readonly (readonly [Step, string])[];
  /** None changes anything; words of what is said. Those of exit code 2 begin with `usage`. */
  readonly refuses: readonly (readonly [Step, string])[];
}
