/** What every command gets: where to write, the environment, and the signal of Ctrl-C. */
import type { Environment } from "../core/folders";
import type { Output } from "./output";

/** See the header. */
export interface CommandContext {
  /** Made from the command line's switches when the command starts. */
  readonly output: () => Output;
  readonly environment: Environment;
  /** Absolute; relative paths count from here. */
  readonly folder: string;
  /** Aborts on the first Ctrl-C; the second one ends the process at once. */
  readonly signal: AbortSignal;
}

/** The command was used wrongly: exit code 2. Its message is shown as it is. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}
