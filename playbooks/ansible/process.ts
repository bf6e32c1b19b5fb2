/** Runs ansible-playbook in a process group of its own, and reads what the plugin tells. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { OuterFault } from "../../core/faults";
import { onAbort } from "../../core/on-abort";
import { EVENTS_DESCRIPTOR, type AnsibleEvent } from "./callback";
import { argumentsOf, type Invocation, type RunProject, settingsOf } from "./invocation";
import type { Project } from "./project";

/** How it ended. */
export interface AnsibleEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The last that it printed. */
  readonly printed: string;
}

const COMMAND = "ansible-playbook";
const GRACE_MILLISECONDS = 3000;
const LAST_CHARACTERS = 8000;

/**
 * Runs it to its end, or until the signal comes; where that has come already, nothing is started.
 * @throws OuterFault AS2390 when the command is not on PATH
 */
export async function runProcess(
  project: RunProject,
  invocation: Invocation,
  onEvent: (event: AnsibleEvent) => void,
): Promise<AnsibleEnd> {
  const { input, options, environment } = invocation;
  if (options.signal.aborted) return { code: null, printed: "" };
  const child = spawn(COMMAND, argumentsOf(project, input), {
    cwd: project.folder,
    env: { ...environment, ...settingsOf(project, invocation) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const printed = keepPrinted(child);
  const events = readEvents(child.stdio[EVENTS_DESCRIPTOR] as Readable, onEvent);
  // What it throws is thrown below. Nobody reads on, so that the process would wait for ever.
  events.catch(() => {
    killGroup(child.pid, "SIGKILL");
  });
  const stopListening = stopWith(child, options.signal);
  try {
    const code = await endOf(child);
    // What is left of its group would hold the pipe, and go on with the host.
    killGroup(child.pid, "SIGKILL");
    await events;
    return { code, printed: printed() };
  } finally {
    stopListening();
    closeConnections(project);
  }
}

/** @returns tells the last that it printed */
function keepPrinted({ stdout, stderr }: ChildProcess): () => string {
  let printed = "";
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-LAST_CHARACTERS);
    });
  }
  return () => printed;
}

/** An abort asks it to end, and then makes it. @returns ends the listening */
function stopWith({ pid }: ChildProcess, signal: AbortSignal): () => void {
  let late: NodeJS.Timeout | undefined;
  const stopListening = onAbort(signal, () => {
    killGroup(pid, "SIGTERM");
    late = setTimeout(() => {
      killGroup(pid, "SIGKILL");
    }, GRACE_MILLISECONDS);
  });
  return () => {
    stopListening();
    clearTimeout(late);
  };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "it is not on PATH" : error.message;
      reject(new OuterFault("AS2390", { problem: `${COMMAND} cannot be started: ${why}` }));
    });
    child.once("exit", resolve);
  });
}

async function readEvents(stream: Readable, onEvent: (event: AnsibleEvent) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const event = tryParse(line);
    if (event) onEvent(event);
  }
}

/** Undefined for a line that was cut off when the process was killed. */
function tryParse(line: string): AnsibleEvent | undefined {
  try {
    return JSON.parse(line) as AnsibleEvent;
  } catch {
    return undefined;
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left of it.
  }
}

/** Shared connections outlive ansible-playbook, in sessions of their own. */
function closeConnections({ sockets }: Project): void {
  for (const name of readdirSync(sockets).filter((it) => it !== ".keep")) {
    const socket = path.join(sockets, name);
    spawnSync("ssh", ["-O", "exit", "-S", socket, "host"], { stdio: "ignore", timeout: 2000 });
  }
}
