/** Child processes of the bench, each in a process group of its own: Ctrl-C reaches them through the signal only. */
import { spawn } from "node:child_process";
import type { Environment } from "../core/folders";
import { onAbort } from "../core/on-abort";
import { tryKill } from "./try-kill";

/** How to run a program. */
export interface ProgramOptions {
  readonly folder: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Told the process as soon as it runs. */
  readonly onStart?: (pid: number) => void;
}

/** After SIGINT terraform ends its open calls in order; longer than this it is not waited for. */
const GRACE_MS = 20_000;
const TAIL_LINES = 30;

/**
 * Runs a program to its end.
 * @returns its output
 * @throws the signal's reason when it was aborted, else an error with the last lines of its output
 */
export async function runProgram(
  program: string,
  words: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  options.signal.throwIfAborted();
  const { code, output } = await runToEnd(program, words, options);
  options.signal.throwIfAborted();
  if (code === 0) return output;
  const tail = output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  throw new Error(`${program} ${words.join(" ")} ended with ${String(code)}:\n${tail}`);
}

function runToEnd(
  program: string,
  words: readonly string[],
  { folder, environment, signal, onStart }: ProgramOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) onStart?.(pid);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    }
    let grace: NodeJS.Timeout | undefined;
    const stopListening = onAbort(signal, () => {
      child.kill("SIGINT");
      grace = setTimeout(() => {
        if (pid !== undefined) tryKill(-pid);
      }, GRACE_MS);
    });
    const end = (): void => {
      stopListening();
      clearTimeout(grace);
    };
    child.on("error", (error) => {
      end();
      reject(error);
    });
    child.on("close", (code) => {
      end();
      resolve({ code, output: chunks.join("") });
    });
  });
}
