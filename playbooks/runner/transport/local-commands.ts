/** Commands on the machine that runs the plays: what is delegated to localhost. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import type { Command } from "../host";
import { commandLine } from "./command-line";
import type { ExecOptions } from "./connection";
import { exchange, type CommandChannel, type RawResult } from "./exchange";
import { OUTPUT_LIMIT_BYTES } from "./output";
import { raceStop } from "./race-stop";
import { toBytes } from "./to-bytes";

/** Time that a command gets to end after it was told to, and again until nobody waits for it any more. */
const KILL_GRACE_MS = 1_000;

/** See the header. Every command is the head of a group of processes, which ends with it. */
export class LocalCommands {
  readonly hostKey = undefined;
  readonly #folder: string;

  /** @param home - where commands begin; at the root where it is not there, as with SSH */
  constructor(home: string = homedir()) {
    this.#folder = existsSync(home) ? home : "/";
  }

  /** Runs a command to its end. */
  async exec(command: Command, { signal, become, limit }: ExecOptions): Promise<RawResult> {
    signal?.throwIfAborted();
    const line = commandLine(command, randomBytes(8).toString("hex"), become);
    const child = spawn("/bin/sh", ["-c", line.line], { cwd: this.#folder, detached: true });
    const running = exchange(channelOf(child), {
      line,
      stdin: toBytes(command.stdin),
      limit: limit ?? OUTPUT_LIMIT_BYTES,
      ...(become?.password ? { password: become.password } : {}),
    });
    return raceStop(running, { signal, timeout: command.timeout }, () => stop(child));
  }

  /** Nothing is open. */
  close(): void {
    return;
  }

  /** This machine is there. */
  reconnect(): Promise<void> {
    return Promise.resolve();
  }
}

function channelOf(child: ChildProcessWithoutNullStreams): CommandChannel {
  const { stdin, stdout, stderr } = child;
  return {
    stderr,
    on: (event: "data" | "error", listener: (chunk: Buffer) => void) => {
      if (event === "data") return stdout.on("data", listener);
      child.on("error", () => {
        listener(Buffer.alloc(0));
      });
      return stdin.on("error", () => undefined);
    },
    once: (event, listener) => child.once(event, listener),
    write: (chunk) => stdin.write(chunk),
    end: (chunk) => (chunk === undefined ? stdin.end() : stdin.end(chunk)),
  };
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, "close");
  signalGroup(child, "SIGTERM");
  const late = setTimeout(() => {
    signalGroup(child, "SIGKILL");
  }, KILL_GRACE_MS);
  const last = setTimeout(() => {
    // What has left the group holds its output open, for as long as it likes.
    for (const it of child.stdio) it?.destroy();
  }, 2 * KILL_GRACE_MS);
  await gone;
  clearTimeout(late);
  clearTimeout(last);
}

function signalGroup({ pid }: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
