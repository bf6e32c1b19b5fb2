/** Ends a process machine, with all that runs in it. */
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import {
  childrenOf,
  isAlive,
  killGroup,
  type ProcessRecord,
  signalProcess,
} from "../driver/process-record";
import { waitUntil } from "../driver/wait-until";

/** busybox init gives its processes a second; the rest is for a loaded host. */
const SOFT_TIMEOUT_MS = 6_000;
const ORDERLY_TIMEOUT_MS = 2_000;
const HARD_TIMEOUT_MS = 10_000;

/**
 * Asks the machine's init to power off, and does not wait longer than a few seconds for it.
 * @throws OuterFault AS2466 when a process stays
 */
export async function powerOff(supervisor: ProcessRecord, { signal }: CallOptions): Promise<void> {
  const init = await tryGetInit(supervisor);
  if (init) {
    // What busybox init takes for "power off".
    await signalProcess(init, "SIGUSR2");
    const gone = async (): Promise<boolean> => !(await isAlive(supervisor));
    if (await waitUntil(gone, { timeoutMs: SOFT_TIMEOUT_MS, signal })) return;
  }
  await killMachine(supervisor, { signal });
}

/**
 * Kills the first process of the machine's namespace: the kernel ends all others before that one
 * is gone, and the supervisor ends by itself. One that does not, or has no machine yet, is killed.
 * @throws OuterFault AS2466 when a process stays
 */
export async function killMachine(
  supervisor: ProcessRecord,
  { signal }: CallOptions,
): Promise<void> {
  const init = await tryGetInit(supervisor);
  const all = init ? [supervisor, init] : [supervisor];
  const gone = async (): Promise<boolean> => {
    const alive = await Promise.all(all.map((it) => isAlive(it)));
    return !alive.includes(true);
  };
  if (init) {
    await signalProcess(init, "SIGKILL");
    if (await waitUntil(gone, { timeoutMs: ORDERLY_TIMEOUT_MS, signal })) return;
  }
  await killGroup(supervisor);
  if (await waitUntil(gone, { timeoutMs: HARD_TIMEOUT_MS, signal })) return;
  throw new OuterFault("AS2466", { tried: [`SIGKILL to ${all.map((it) => it.pid).join(", ")}`] });
}

/** supervisor → unshare → the machine's init. */
async function tryGetInit(supervisor: ProcessRecord): Promise<ProcessRecord | undefined> {
  const [outer] = await childrenOf(supervisor.pid);
  const [init] = outer ? await childrenOf(outer.pid) : [];
  return init;
}
