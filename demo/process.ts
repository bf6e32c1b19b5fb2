/** The demo's one home for child processes: run to the end, pass lines on, end with the signal. */
import { spawn } from "node:child_process";
import type { Environment } from "../core/folders";

/** How to run a program. */
export interface RunOptions {
  readonly folder: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Told each line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What a program did. */
export interface RunResult {
  readonly code: number;
  /** Stdout and stderr together, in the order in which they came. */
  readonly output: string;
}

const GRACE_MILLISECONDS = 60_000;

/** Runs a program to its end. On abort it gets SIGINT, as from Ctrl-C, and time to clean up. */
export function runProgram(
  program: string,
  words: readonly string[],
  { folder, environment, signal, onLine }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: string[] = [];
    const takeIn = lineReader((line) => onLine?.(line));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        chunks.push(text);
        takeIn(text);
      });
    }
    const stop = (): void => {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS).unref();
    };
    signal.addEventListener("abort", stop, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve({ code: code ?? 1, output: chunks.join("") });
    });
  });
}

function lineReader(take: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}
