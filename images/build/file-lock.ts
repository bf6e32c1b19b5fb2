/**
 * Locks between processes. The kernel holds one (flock) on a file that this process keeps open, so that
 * it ends with the process, however that one ends; nothing stale can be left. The file itself stays.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { onAbort } from "../../core/on-abort";
import { findProgram } from "./host-programs";

/** A lock that is held. */
export interface HeldLock {
  /** Replaces what is in the locked file: a word for those who ask who holds it. */
  write(content: string): void;
  /** Gives the lock back; once is enough, and a second time does nothing. */
  release(): void;
}

/** Numbers, not handles: one that nobody refers to any more would be closed, and its lock lost. */
const openFile = promisify(fs.open);
const statOpen = promisify(fs.fstat);
const statFile = promisify(fs.stat);

/** How flock(1) says that somebody else holds the lock. */
const CONFLICT = 1;
const LOCK_DESCRIPTOR = 3;

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
  const lock = await lockFile(file, [], { signal });
  try {
    return await work();
  } finally {
    lock?.release();
  }
}

/**
 * Takes the lock of a file, which is made when it is missing, unless somebody holds it.
 * @returns undefined when somebody does
 * @throws OuterFault AS2451 when the file cannot be locked; the file system's error when it cannot be opened
 */
export function tryLockFile(
  file: string,
  options: CallOptions = {},
): Promise<HeldLock | undefined> {
  return lockFile(file, ["-n"], options);
}

async function lockFile(
  file: string,
  wait: readonly string[],
  { signal }: CallOptions,
): Promise<HeldLock | undefined> {
  for (;;) {
    const fd = await openFile(file, "a+", 0o600);
    let keep = false;
    try {
      signal?.throwIfAborted();
      if (!(await lockOpen(fd, { file, wait, signal }))) return undefined;
      // Its holder may have removed the file meanwhile: the next one would lock another of that name.
      keep = await isStill(file, fd);
      if (keep) return heldLock(fd);
    } finally {
      if (!keep) fs.closeSync(fd);
    }
  }
}

/** A lock belongs to what was opened, not to who asked for it: it stays when flock(1) has ended. */
async function lockOpen(
  fd: number,
  { file, wait, signal }: CallOptions & { readonly file: string; readonly wait: readonly string[] },
): Promise<boolean> {
  const args = ["-x", ...wait, String(LOCK_DESCRIPTOR)];
  const child = spawn(await findProgram("flock"), args, {
    stdio: ["ignore", "ignore", "pipe", fd],
  });
  const stopListening = onAbort(signal, () => void child.kill());
  try {
    const [code, said] = await Promise.all([
      new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      }),
      child.stderr ? text(child.stderr) : "",
    ]);
    if (code === 0) return true;
    if (code === CONFLICT && wait.length > 0) return false;
    throw new Error(said.trim() || `flock ended with ${String(code)}`);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new OuterFault("AS2451", { problem: `cannot lock ${file}` }, { cause });
  } finally {
    stopListening();
  }
}

async function isStill(file: string, fd: number): Promise<boolean> {
  const [named, opened] = [await statFile(file).catch(() => undefined), await statOpen(fd)];
  return named?.ino === opened.ino && named.dev === opened.dev;
}

function heldLock(fd: number): HeldLock {
  let held = true;
  return {
    write(content) {
      if (!held) return;
      fs.ftruncateSync(fd);
      fs.writeSync(fd, content);
    },
    release() {
      if (!held) return;
      held = false;
      fs.closeSync(fd);
    },
  };
}
