/**
 * Starts a program that outlives this process, in a session of its own. It is written down before
 * its first instruction runs: killed in between, this process leaves nothing unknown behind.
 */
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { Bug, OuterFault } from "../../core/faults";
import { findProgram } from "../../images/build/host-programs";
import { forgetRecord, type ProcessRecord, saveRecord, tryGetProcess } from "./process-record";

/** Waits for the line that says "written down"; without one the starter is gone and nothing starts. */
const GATE = 'read -r _ && exec "$@" </dev/null';

/** What to start. */
export interface DetachedProgram {
  /** Absolute path and arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Takes standard output and error, added at its end. */
  readonly logFile: string;
  /** Where the process is written down. */
  readonly recordFile: string;
}

/** Starts the program; resolves when it is written down and allowed to run. */
export async function startDetached(program: DetachedProgram): Promise<ProcessRecord> {
  const log = await open(program.logFile, "a", 0o644);
  try {
    const child = spawn(await findProgram("sh"), ["-c", GATE, "sh", ...program.argv], {
      cwd: program.cwd,
      detached: true,
      stdio: ["pipe", log.fd, log.fd],
    });
    child.stdin?.on("error", () => undefined);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (cause) => {
        reject(new OuterFault("AS2463", { tried: [program.argv.join(" ")] }, { cause }));
      });
    });
    const record = child.pid === undefined ? undefined : await tryGetProcess(child.pid);
    if (!record) throw new Bug("a process that waits for us was gone");
    try {
      await saveRecord(program.recordFile, record);
    } catch (error) {
      child.stdin?.destroy();
      await forgetRecord(program.recordFile);
      throw error;
    }
    child.stdin?.end("run\n");
    child.unref();
    return record;
  } finally {
    await log.close();
  }
}
