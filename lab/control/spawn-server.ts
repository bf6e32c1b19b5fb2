/** Starts the lab's server as a detached process and waits until it answers. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import type { LabConnection } from "../../api/lab-connection";
import { type CallOptions, sleep } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { tryReadConnection } from "../connection";
import { inLabFolder } from "../folder-fault";
import { LOG_FILE } from "../lab-files";
import type { ServeOptions } from "../serve-options";
import { answers } from "./ask";

/** Of TypeScript; only the repository has it. */
const LOADER = path.join(__dirname, "..", "..", "scripts", "load-typescript.js");
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
/** A longer log is put aside at the next start; one older log is kept. */
const LARGEST_LOG = 10 * 1024 * 1024;
const TAIL_LINES = 5;
/** Faults that the server itself names at its start. */
const OWN_CODES = [
  "AS2402",
  "AS2403",
  "AS2405",
  "AS2408",
  "AS2409",
  "AS2410",
  "AS2411",
  "AS2450",
  "AS2451",
  "AS2470",
] as const;

/**
 * Starts the server.
 * @throws OuterFault AS2403 when a port is taken, AS2404 with the log's last lines when it ends for
 * another reason or does not answer in time
 */
export async function spawnServer(
  options: ServeOptions,
  { signal }: CallOptions,
): Promise<LabConnection> {
  const file = path.join(options.folder, LOG_FILE);
  const child = await inLabFolder(options.folder, async () => {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await rotate(file);
    return launch(file, options);
  });
  const words = lastWords(child);
  const limit = AbortSignal.timeout(START_TIMEOUT_MS);
  try {
    return await waitForAnswer(
      child,
      options,
      AbortSignal.any([limit, ...(signal ? [signal] : [])]),
    );
  } catch (error) {
    child.kill("SIGTERM");
    if (signal?.aborted) throw error;
    throw await explain(file, words(), error);
  } finally {
    if (child.connected) child.disconnect();
  }
}

/** Why a server ends: it says so here too, because a full disk takes no log. */
function lastWords(child: ChildProcess): () => string | undefined {
  let words: string | undefined;
  child.on("message", (message) => {
    words = typeof message === "string" ? message : undefined;
  });
  return () => words;
}

async function launch(logFile: string, options: ServeOptions): Promise<ChildProcess> {
  const log = await open(logFile, "a", 0o600);
  try {
    const child = spawn(process.execPath, [...serveCommand(), JSON.stringify(options)], {
      cwd: path.join(__dirname, "..", ".."),
      detached: true,
      stdio: ["ignore", log.fd, log.fd, "ipc"],
    });
    // A failed start is seen by the exit code; without a listener it would end this process.
    child.on("error", () => undefined);
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** In a package this is JavaScript; in the repository TypeScript, which needs its loader. */
function serveCommand(): string[] {
  const extension = path.extname(__filename);
  const serve = path.join(__dirname, "..", `serve${extension}`);
  return extension === ".ts" ? ["-r", LOADER, serve] : [serve];
}

async function waitForAnswer(
  child: ChildProcess,
  { folder }: ServeOptions,
  signal: AbortSignal,
): Promise<LabConnection> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      // Its last words come before the end of the channel.
      if (child.connected) await once(child, "disconnect", { signal });
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode ?? "no start"}`);
    }
    const connection = await tryReadConnection(folder);
    // A file of an earlier server that was killed is still there until ours is written.
    if (connection?.pid === child.pid && (await answers(connection, { signal }))) return connection;
    await sleep(POLL_MS, { signal });
  }
}

async function rotate(file: string): Promise<void> {
  const size = await stat(file).then(
    (it) => it.size,
    () => 0,
  );
  if (size > LARGEST_LOG) await rename(file, `${file}.1`);
}

/** The server's own last words, under their own code where they have one. */
async function explain(
  logFile: string,
  words: string | undefined,
  cause: unknown,
): Promise<OuterFault> {
  const [, code, problem] = /^(AS\d{4}) {2}(.*)$/s.exec(words ?? "") ?? [];
  const known = OWN_CODES.find((it) => it === code);
  if (known && problem !== undefined) return new OuterFault(known, { problem }, { cause });
  const text = words ?? (await readFile(logFile, "utf8").catch(() => ""));
  const tail = text.trim().split("\n").slice(-TAIL_LINES).join(" | ");
  return new OuterFault(
    "AS2404",
    { problem: `the lab's server did not start: ${tail}` },
    { cause },
  );
}
