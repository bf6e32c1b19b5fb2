/** Ends a QEMU machine: by its power button, or at once. */
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { isAlive, killGroup, type ProcessRecord } from "../driver/process-record";
import { waitUntil } from "../driver/wait-until";
import { Qmp } from "./qmp";

/** A machine alone is off in three seconds, with services to stop in up to ten; then the host's load. */
const SOFT_TIMEOUT_MS = 20_000;
const HARD_TIMEOUT_MS = 10_000;

/** Presses the power button and waits for the end. Says nothing when it does not come: the caller kills then. */
export async function powerDown(
  qemu: ProcessRecord,
  folder: string,
  { signal }: CallOptions,
): Promise<void> {
  const timeout = AbortSignal.timeout(SOFT_TIMEOUT_MS);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const qmp = await Qmp.connect(folder, { signal: either });
    try {
      await qmp.execute("system_powerdown", { signal: either });
      // QEMU ends when the guest is off, so the connection's end is the sign.
      await qmp.sawEvent("SHUTDOWN", { signal: either });
      await waitUntil(async () => !(await isAlive(qemu)), { timeoutMs: HARD_TIMEOUT_MS, signal });
    } finally {
      qmp.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!timeout.aborted && !(error instanceof OuterFault)) throw error;
  }
}

/**
 * Ends QEMU like a power cut. The host's page cache keeps what the machine's kernel wrote.
 * @throws OuterFault AS2466 when the process stays
 */
export async function killQemu(qemu: ProcessRecord, { signal }: CallOptions): Promise<void> {
  await killGroup(qemu);
  const gone = async (): Promise<boolean> => !(await isAlive(qemu));
  if (await waitUntil(gone, { timeoutMs: HARD_TIMEOUT_MS, signal })) return;
  throw new OuterFault("AS2466", { tried: [`SIGKILL to ${qemu.pid}`] });
}
