/** Runs one command to its end or its limit, and tells what it took. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { onAbort } from "../../core/on-abort";
import { tryKill } from "../try-kill";
import { sumOfTimes } from "./processor-time";
import type { ToolCommand } from "./tools";
import { watchTreeMemory } from "./tree-memory";

/** What a run took. */
export interface RunResult {
  readonly seconds: number;
  /** Whether it was stopped at the limit: then it would have taken longer. */
  readonly stopped: boolean;
  /** Of the command and all it has waited for; undefined when it was stopped. */
  readonly ownCpuSeconds?: number;
  /** Of the SSH servers and all that they started. */
  readonly hostCpuSeconds: number;
  /** The most that the command and its children had at a time, by proportional set size. */
  readonly mebibytes: number;
  readonly output: string;
}

/** How it is run. */
export interface RunLimits {
  /** Folder of the command, and of a file that this makes and removes. */
  readonly folder: string;
  readonly seconds: number;
  /** What the hosts have worked so far. */
  readonly hostCpuSeconds: () => number;
  readonly signal: AbortSignal;
}

/** The shell tells the time of what it has waited for, which nobody else is told so exactly. */
const TIMED = 'file=$0; "$@"; code=$?; times > "$file"; exit $code';

/** @throws Error with the last lines of its output when it fails */
export async function timedRun(command: ToolCommand, limits: RunLimits): Promise<RunResult> {
  limits.signal.throwIfAborted();
  const file = path.join(limits.folder, "times");
  rmSync(file, { force: true });
  const hostsBefore = limits.hostCpuSeconds();
  const before = performance.now();
  const ended = await runToEnd(command, limits, file);
  limits.signal.throwIfAborted();
  const seconds = (performance.now() - before) / 1_000;
  if (!ended.stopped && ended.code !== 0) {
    const tail = ended.output.trimEnd().split("\n").slice(-30).join("\n");
    throw new Error(`${command.program} ended with ${String(ended.code)}:\n${tail}`);
  }
  return {
    seconds,
    stopped: ended.stopped,
    ...(ended.stopped ? {} : { ownCpuSeconds: sumOfTimes(readFileSync(file, "latin1")) }),
    hostCpuSeconds: limits.hostCpuSeconds() - hostsBefore,
    mebibytes: ended.mebibytes,
    output: ended.output,
  };
}

interface Ended {
  readonly code: number | null;
  readonly stopped: boolean;
  readonly output: string;
  readonly mebibytes: number;
}

function runToEnd(
  { program, words, environment }: ToolCommand,
  { folder, seconds, signal }: RunLimits,
  file: string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", TIMED, file, program, ...words], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const { pid } = child;
    const stopWatching = pid === undefined ? () => 0 : watchTreeMemory(pid);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    }
    let stopped = false;
    const kill = (): void => {
      if (pid !== undefined) tryKill(-pid);
    };
    const limit = setTimeout(() => {
      stopped = true;
      kill();
    }, seconds * 1_000);
    const stopListening = onAbort(signal, kill);
    const end = (): number => {
      clearTimeout(limit);
      stopListening();
      return stopWatching();
    };
    child.on("error", (error) => {
      end();
      reject(error);
    });
    child.on("close", (code) => {
      resolve({ code, stopped, output: chunks.join(""), mebibytes: end() });
    });
  });
}
