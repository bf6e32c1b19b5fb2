/** Renews a host's package lists when they are older than told. */
import { pause } from "../args/pause";
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { runApt } from "./apt-get";
import { readApt } from "./apt-state";

/** The arguments that decide. */
export interface UpdateWish {
  /** Seconds for which lists are good enough. */
  readonly validFor: number;
  readonly retries: number;
  /** Most seconds between two tries. */
  readonly maxDelay: number;
  readonly lockTimeout: number;
}

/** What came of it. */
export interface Updated {
  readonly updated: boolean;
  /** Seconds since 1970. */
  readonly time: number;
}

/** @throws TaskFailure when a list cannot be had */
export async function updateLists(
  context: TaskContext,
  wish: UpdateWish,
  before: { readonly now: number; readonly updated: number },
): Promise<Updated> {
  const isFresh = before.updated + wish.validFor >= before.now && wish.validFor > 0;
  if (isFresh) return { updated: false, time: before.updated };
  if (context.check) return { updated: true, time: before.updated };
  await update(context, wish);
  const { updated: time } = await readApt(context, { names: [] });
  return { updated: time !== before.updated, time };
}

async function update(context: TaskContext, wish: UpdateWish): Promise<void> {
  const { retries, maxDelay, lockTimeout } = wish;
  let reason = "unknown reason";
  for (let attempt = 0; attempt < retries; attempt += 1) {
    if (attempt > 0) await pause(context, Math.min(2 ** (attempt - 1), maxDelay) * 1_000);
    // A list that cannot be had is only a warning otherwise, and not of every version.
    const words = ["-q", "-o", "APT::Update::Error-Mode=any", "update"];
    const { code, stderr } = await runApt(context, { words, lockTimeout });
    if (code === 0 && !/^W: (Failed to fetch|Some index files)/m.test(stderr)) return;
    reason = stderr.trim() || reason;
  }
  throw new TaskFailure(`Failed to update apt cache: ${reason}`);
}
