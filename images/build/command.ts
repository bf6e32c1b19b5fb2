/** Runs one program of the host to its end. The only place in this room that starts a process. */
import { spawn } from "node:child_process";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { findProgram, type HostProgram } from "./host-programs";

/** A program and its arguments; no shell is between. */
export type Argv = readonly [HostProgram, ...string[]];

/** How to run it. */
export interface CommandOptions extends CallOptions {
  /** @default - the caller's */
  readonly cwd?: string;
  /** What the program reads from its standard input. @default - nothing */
  readonly input?: string | Buffer;
}

/** Bytes of standard error that are kept for the message. */
const ERROR_TAIL_BYTES = 2_000;

/**
 * Runs a program and gives what it printed.
 * @throws OuterFault AS2450 when the host lacks it, AS2451 when it fails
 */
export async function runCommand(argv: Argv, options: CommandOptions = {}): Promise<Buffer> {
  const [name, ...args] = argv;
  const program = await findProgram(name);
  options.signal?.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, signal: options.signal });
    const out: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString("utf8")).slice(-ERROR_TAIL_BYTES);
    });
    // A program that ends without reading its input is no fault of its own.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("error", (error) => {
      reject(
        options.signal?.aborted ? reasonOf(options.signal) : commandFault(argv, errors, error),
      );
    });
    child.on("close", (code, killedBy) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(commandFault(argv, errors || `ended with ${killedBy ?? String(code)}`));
    });
  });
}

/** {@link runCommand}, as text. */
export async function readCommand(argv: Argv, options: CommandOptions = {}): Promise<string> {
  return (await runCommand(argv, options)).toString("utf8");
}

function commandFault(argv: Argv, said: string, cause?: unknown): OuterFault {
  const lines = said.trim().split("\n").slice(-5).join(" | ");
  return new OuterFault(
    "AS2451",
    { problem: `${argv[0]} failed: ${lines}`, tried: [argv.join(" ").slice(0, 500)] },
    { cause },
  );
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}
