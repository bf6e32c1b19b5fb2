/**
 * A lock between processes. The kernel holds it (flock), so that it ends with its holder,
 * however that one ends; nothing stale can be left.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { onAbort } from "../../core/on-abort";
import { findProgram } from "./host-programs";

/**
 * Does the work while holding the lock of a file; waits for whoever holds it.
 * @throws OuterFault AS2451 when the file cannot be locked
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  { signal }: CallOptions,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const flock = await findProgram("flock");
  signal?.throwIfAborted();
  // `cat` holds the lock until its input ends: at the end of the work, or of this process.
  const holder = spawn(flock, [file, "sh", "-c", "echo locked; exec cat"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    holder.once("close", () => {
      resolve();
    });
  });
  const stopListening = onAbort(signal, () => void holder.kill());
  try {
    await locked(holder, file);
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    stopListening();
    holder.stdin.end();
    await ended;
  }
}

async function locked(holder: ChildProcess, file: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause?: unknown): void => {
      reject(new OuterFault("AS2451", { problem: `cannot lock ${file}` }, { cause }));
    };
    holder.stdin?.on("error", () => undefined);
    holder.stdout?.once("data", () => {
      resolve();
    });
    holder.once("error", refuse);
    holder.once("close", () => {
      refuse();
    });
  });
}
