/**
 * One server a lab folder. The kernel keeps the lock, so that a holder which is gone - also after
 * kill -9 - does not count; what is in the file only tells others who holds it.
 */
import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { type CallOptions, sleep } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { type HeldLock, tryLockFile } from "../../images/build/file-lock";
import {
  formatRecord,
  type ProcessRecord,
  tryGetProcess,
  tryReadAlive,
} from "../driver/process-record";
import { inLabFolder, systemCode } from "../folder-fault";
import { isLabFile, LOCK_FILE } from "../lab-files";

const MOST_ATTEMPTS = 10;

/** A holder that was killed is a zombie before the last of its threads has let go of its files. */
const MOST_WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * Takes the lock of a folder, which is made when it is missing.
 * @returns gives it back
 * @throws OuterFault AS2402 when another process holds it, AS2405 and AS2409 when the folder cannot be used
 */
export async function takeLock(
  folder: string,
  options: CallOptions = {},
): Promise<() => Promise<void>> {
  const lock = await lockWhenLeft(folder, options);
  await inLabFolder(folder, () => sign(lock));
  return () => {
    lock.write("");
    lock.release();
    return Promise.resolve();
  };
}

/** Waits for a holder that has ended already, not for one that runs. */
async function lockWhenLeft(folder: string, options: CallOptions): Promise<HeldLock> {
  const until = performance.now() + MOST_WAIT_MS;
  for (;;) {
    const lock = await inLabFolder(folder, () => tryLockFolder(folder));
    if (lock !== undefined) return lock;
    const holder = await tryFindHolder(folder);
    if (holder !== undefined || performance.now() >= until) {
      const who = holder === undefined ? "" : ` (process ${holder.pid})`;
      throw new OuterFault("AS2402", { problem: `another lab server${who} uses ${folder}` });
    }
    await sleep(LOOK_AGAIN_MS, options);
  }
}

async function sign(lock: HeldLock): Promise<void> {
  try {
    const own = await tryGetProcess(process.pid);
    if (own) lock.write(formatRecord(own));
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The living holder of a folder's lock; undefined when there is none. */
export function tryFindHolder(folder: string): Promise<ProcessRecord | undefined> {
  return tryReadAlive(path.join(folder, LOCK_FILE));
}

/**
 * Removes a lab's folder; only for whoever holds its lock. Files that are not the lab's stay, and the folder
 * with them: it was named by a setting, which may be wrong. The lock goes last: who comes from then
 * on finds nothing that will still be removed, and what they made stays.
 */
export async function removeLockedFolder(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((it) => it !== LOCK_FILE && isLabFile(it))) {
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
  await rm(path.join(folder, LOCK_FILE), { force: true });
  await rmdir(folder).catch((error: unknown) => {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(systemCode(error) ?? "")) throw error;
  });
}

/** The folder may be removed by its last holder between its making and the lock's: then once more. */
async function tryLockFolder(folder: string): Promise<HeldLock | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return await tryLockFile(path.join(folder, LOCK_FILE));
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || systemCode(error) !== "ENOENT") throw error;
    }
  }
}
