/**
 * Host keys: asked for until the machine answers, then compared with what was given or pinned. A key
 * that differs is an error and is never stored.
 */
import type { Device, MachineApi } from "../../../api/api";
import { describeError, OuterFault } from "../../../core/faults";
import type { ScanOptions } from "../../../playbooks/runner/transport/scan-host-key";
import type { ResourceEnvironment, SshAddress } from "../environment";
import { keyBody } from "../public-key";
import { sshAddressOf } from "./addresses";
import { nameOf } from "./events";
import type { DeviceArguments } from "./model";
import { DEFAULT_SSH_PORT } from "./schema";

/** What asking for a key needs. */
export interface HostKeyContext extends Pick<ResourceEnvironment, "sleep" | "scanHostKey"> {
  readonly api: Pick<MachineApi, "pollIntervalMs" | "getDevice">;
}

/** Where to ask, and what to hear. */
export interface HostKeyContact extends Pick<DeviceArguments, "ssh_port"> {
  /** The way to the machine, where it is not a direct one. */
  readonly through: ScanOptions["through"];
  /** Given or pinned before; empty leaves it at that, null pins what is shown. */
  readonly expected: readonly string[] | null;
}

interface Signalled {
  readonly signal: AbortSignal;
}

const SCAN_TIMEOUT_MS = 10_000;
/** A bastion that shows another key, or refuses: waiting for the machine does not mend that. */
const FINAL_CODES = [
  "AS2203",
  "AS2204",
  "AS2205",
  "AS2206",
  "AS2211",
  "AS2214",
  "AS2215",
  "AS2216",
];
/** States that a device does not leave by itself for `active`. */
const DOWN: ReadonlySet<string> = new Set(["inactive", "failed", "deprovisioning", "deleted"]);

/**
 * The keys to store: the expected ones when the machine shows one of them, else the one it shows.
 * @throws OuterFault AS22… when the bastion refuses, AS2124 on another key, AS2126 when nothing answers until the deadline
 */
export async function checkHostKeys(
  context: HostKeyContext,
  device: Device,
  contact: HostKeyContact,
  options: Signalled,
): Promise<readonly string[]> {
  const { ssh_port, expected, through } = contact;
  const address = sshAddressOf(device);
  if (address === null) {
    throw new OuterFault("AS2126", { problem: `${nameOf(device)} has no address` });
  }
  const at = { address, port: ssh_port ?? DEFAULT_SSH_PORT };
  const shown = await scanUntilAnswered(context, device, at, { ...options, through });
  if (expected === null) return [shown];
  if (expected.length === 0 || expected.some((it) => keyBody(it) === keyBody(shown)))
    return expected;
  const problem = `${nameOf(device)} shows the host key "${shown}" at ${address} port ${at.port}; expected: ${expected.join(", ")}`;
  throw new OuterFault("AS2124", { problem });
}

async function scanUntilAnswered(
  { api, sleep, scanHostKey }: HostKeyContext,
  device: Device,
  at: SshAddress,
  { through, ...options }: Signalled & Pick<HostKeyContact, "through">,
): Promise<string> {
  for (;;) {
    try {
      return await scanHostKey(at, { ...options, through, timeout: SCAN_TIMEOUT_MS });
    } catch (error) {
      if (options.signal.aborted) throw unanswered(device, at, options.signal.reason, error);
      if (error instanceof OuterFault && FINAL_CODES.includes(error.code)) throw error;
      await throwIfDown(api, device, options);
      await sleep(api.pollIntervalMs, options).catch(() => {
        throw unanswered(device, at, options.signal.reason, error);
      });
    }
  }
}

/** A machine that went down is not worth waiting for; whether it did is the API's word alone. */
async function throwIfDown(
  api: Pick<MachineApi, "getDevice">,
  device: Device,
  options: Signalled,
): Promise<void> {
  const now = await api.getDevice(device.id, options).catch(() => undefined);
  if (!now || !DOWN.has(now.state)) return;
  const problem = `${nameOf(device)} is ${now.state}: it went down before its SSH server answered`;
  throw new OuterFault("AS2126", { problem });
}

/** At a deadline: what was tried; at a stop by the user: just that. */
function unanswered(device: Device, at: SshAddress, reason: unknown, last: unknown): unknown {
  if (!(reason instanceof OuterFault)) return reason;
  const problem = `${nameOf(device)} is active, but ${at.address} port ${at.port} does not answer: ${describeError(last)}`;
  return new OuterFault("AS2126", { problem }, { cause: reason });
}
