/** What a command line that failed says, and its exit code. Stack traces show with ARMSTEAD_DEBUG only. */
import { CommanderError } from "commander";
import { Bug, describeError, OuterFault, UserFault } from "../core/faults";
import { type Surroundings, WrongUse } from "./context";
import type { Output } from "./output";

/** Tells the failure. @returns the exit code */
export function tellFailure(
  error: unknown,
  output: Output,
  { environment, signal }: Pick<Surroundings, "environment" | "signal">,
): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUse) {
    output.fault(error.message);
    return 2;
  }
  if (isBrokenPipe(error)) return 0;
  const foreseen = isForeseen(error);
  output.fault(describeError(foreseen || !signal.aborted ? error : signal.reason));
  if (error instanceof OuterFault) output.note(`What to do: ${error.hint}`);
  if (environment.ARMSTEAD_DEBUG !== undefined) output.note(stackOf(error));
  else if (!foreseen && !signal.aborted) {
    output.note("This was not foreseen: please report it with what ARMSTEAD_DEBUG=1 shows.");
  }
  return 1;
}

/** Whoever reads the output has enough of it, as in `armstead lab logs | head`. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

function isForeseen(error: unknown): boolean {
  return error instanceof UserFault || error instanceof OuterFault || error instanceof Bug;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? "") : "";
}
