/** Waits until a machine's sshd answers; gives up at once when it no longer can. */
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import type { MachineSpec } from "../machine-driver";
import { readConsoleTail } from "./console-tail";
import { saysSshBanner } from "./ssh-banner";
import { waitUntil } from "./wait-until";

/** A dropbear that was asked says its banner well within this, also on a loaded host. */
const BANNER_TIMEOUT_MS = 3_000;

/** What to wait for. */
export interface SshWait extends CallOptions {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly consoleFile: string;
  /** Throws when the machine cannot become ready any more; false: too early to ask. */
  readonly check: () => Promise<boolean>;
}

/** @throws OuterFault AS2464 when the time is over, and what `check` throws */
export async function waitForSsh(
  { hostname, address, sshPort }: MachineSpec,
  { timeoutMs, intervalMs, consoleFile, check, signal }: SshWait,
): Promise<void> {
  const ready = async (): Promise<boolean> =>
    (await check()) && (await saysSshBanner(address, sshPort, BANNER_TIMEOUT_MS));
  if (await waitUntil(ready, { timeoutMs, intervalMs, signal })) return;
  const tail = await readConsoleTail(consoleFile);
  throw new OuterFault("AS2464", {
    problem: `${hostname} is not ready after ${timeoutMs / 1000} s; its console ends: ${tail}`,
    tried: [`SSH banner of ${address}:${sshPort}`],
  });
}
