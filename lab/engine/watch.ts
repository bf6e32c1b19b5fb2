/** Looks now and then whether machines still run, and ends devices whose time is over. */
import { mapBounded, sleep } from "../../core/bounded";
import { describeError } from "../../core/faults";
import type { LabContext } from "../context";
import type { Engine } from "./engine";

/** Machines looked at at once. */
const PARALLEL_LOOKS = 8;

/** Starts watching. @returns ends it */
export function startWatch(context: LabContext, engine: Engine): () => Promise<void> {
  const stop = new AbortController();
  const done = watch(context, engine, stop.signal);
  return async () => {
    stop.abort(new Error("the watch has ended"));
    await done;
  };
}

async function watch(context: LabContext, engine: Engine, signal: AbortSignal): Promise<void> {
  const { store, rules, log } = context;
  while (await pause(rules.watchEveryMs, signal)) {
    endOverdue(context, engine);
    const active = store.devices.all().filter((it) => it.state === "active");
    try {
      await mapBounded(active, PARALLEL_LOOKS, (it) => engine.refresh(it.id));
    } catch (error) {
      log("watch.failed", { error: describeError(error) });
    }
  }
}

/** A lock keeps a device beyond its termination time. */
function endOverdue({ store, clock }: LabContext, engine: Engine): void {
  for (const { id, terminationTime, locked, state } of store.devices.all()) {
    const over = terminationTime !== null && Date.parse(terminationTime) <= clock();
    const endable = state === "active" || state === "inactive" || state === "failed";
    if (over && endable && !locked) engine.remove(id);
  }
}

/** False when the watch is over. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  await sleep(milliseconds, { signal }).catch(() => undefined);
  return !signal.aborted;
}
