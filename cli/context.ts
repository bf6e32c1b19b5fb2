/** What every command gets: where to write, the environment, and the signal of Ctrl-C. */
import type { Writable } from "node:stream";
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
  /** Where results go. */
  readonly out: Terminal;
  /** Where progress and faults go. */
  readonly err: Terminal;
  /** Gives the process another exit code than 0, where the command ends without a fault of its own. */
  readonly setExitCode: (code: number) => void;
}

/** A stream that may be somebody's terminal. */
export type Terminal = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** A terminal that takes text alone: nothing can be coloured or written over. */
export function isDumb({ TERM }: Environment): boolean {
  return TERM === "dumb";
}

/** What a command line is given from outside. */
export type Surroundings = Omit<CommandContext, "output" | "setExitCode">;

/** The command was used wrongly: exit code 2. Its message is shown as it is. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}
