/** Child processes of the end-to-end tests: run to the end, keep the output, kill the group when told. */
import { type ChildProcess, spawn } from "node:child_process";

/** What a program did. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A program at work. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves at its end. */
  readonly ended: Promise<Ran>;
  /** Resolves when the output so far matches; rejects when the program ends before. */
  seen(pattern: RegExp): Promise<void>;
}

/** Starts a program in a process group of its own, as a terminal would. */
export function start(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Running {
  const child = spawn(program, words, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const it of watchers) it();
    });
  }
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, output });
    });
  });
  const seen = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(output)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      void ended.then(() => {
        look();
        reject(new Error(`${program} ended before ${String(pattern)}:\n${output}`));
      }, reject);
      look();
    });
  return { child, ended, seen };
}

/** Runs a program to its end. */
export function run(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  return start(program, words, options).ended;
}

/** Runs a program to its end. @returns what it said; throws with it when the program fails */
export async function must(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  const { code, output } = await run(program, words, options);
  if (code !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** Sends a signal to the program and all that it started, as Ctrl-C in a terminal does. */
export function signalGroup(running: Running, signal: NodeJS.Signals): void {
  const { pid } = running.child;
  if (pid !== undefined) process.kill(-pid, signal);
}
