/**
 * One server a lab folder: a file that names the holder by process id and start time. A holder that is
 * gone - also after kill -9, also when its number was given to another process - does not count.
 */
import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { OuterFault } from "../../core/faults";

/** Name of the file in the lab's folder. */
export const LOCK_FILE = "lock.json";

const holderSchema = z.object({ pid: z.int().positive(), started: z.string() });

/** Who holds a lock. */
export type Holder = z.output<typeof holderSchema>;

/**
 * Takes the lock of a folder, which is made when it is missing.
 * @returns gives it back
 * @throws OuterFault AS2402 when a living process holds it
 */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, LOCK_FILE);
  const own: Holder = { pid: process.pid, started: (await tryStartTime(process.pid)) ?? "" };
  for (let attempt = 0; ; attempt += 1) {
    try {
      const handle = await open(file, "wx", 0o600);
      await handle.writeFile(JSON.stringify(own));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      const holder = await tryFindHolder(folder);
      if (holder !== undefined || attempt > 2) {
        const problem = `another lab server (process ${holder?.pid ?? "unknown"}) uses ${folder}`;
        throw new OuterFault("AS2402", { problem }, { cause: error });
      }
      await rm(file, { force: true });
    }
  }
}

/** The living holder of a folder's lock; undefined when there is none. */
export async function tryFindHolder(folder: string): Promise<Holder | undefined> {
  const text = await readFile(path.join(folder, LOCK_FILE), "utf8").catch(() => "");
  const read = holderSchema.safeParse(tryParse(text));
  if (!read.success) return undefined;
  const started = await tryStartTime(read.data.pid);
  return started === read.data.started ? read.data : undefined;
}

/** When a process began, in clock ticks since boot; undefined when it is gone or a zombie. */
async function tryStartTime(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in parentheses may hold anything; the fields after it do not.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
