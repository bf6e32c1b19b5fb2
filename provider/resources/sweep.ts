/**
 * Removes what still carries a claim's tag: what an interrupted create has left and, when asked for, what a
 * lost state has forgotten. Ends only when two looks in a row show nothing, or with what is not to be removed.
 */
import type { Device, MachineApi, SshKey } from "../../api/api";
import { isApiFault } from "../../api/fault";
import { type CallOptions, mapBounded, type Sleep } from "../../core/bounded";
import { describeError, OuterFault } from "../../core/faults";
import { CLAIM_TAG, isSeen } from "./claim-tags";

/** What sweeping needs. */
export interface SweepContext {
  readonly api: MachineApi;
  readonly sleep: Sleep;
}

/** A claim, and where its objects are. */
export interface Claim {
  readonly id: string;
  readonly projectId: string;
  /** Also what a refresh found in a state: it belongs to a resource, unless that state is lost. */
  readonly force: boolean;
}

const PARALLEL = 8;
/** Looks at objects that refuse to go for another reason than provisioning, before giving up. */
const STUCK_LOOKS = 5;

/** @throws OuterFault AS2125 with what is left and why */
export async function sweepClaim(
  { api, sleep }: SweepContext,
  claim: Claim,
  options: CallOptions,
): Promise<void> {
  let seen = false;
  for (let stuck = 0; ;) {
    const { left, owned } = await findLeft(api, claim, options);
    if (left.length === 0 && owned.length > 0) throw new OuterFault("AS2125", { tried: owned });
    if (left.length === 0 && !seen) return;
    seen = left.length > 0;
    const refusals = (await mapBounded(left, PARALLEL, (it) => it.remove(options))).flat();
    if (refusals.length > 0 && refusals.length === left.length) stuck += 1;
    else stuck = 0;
    if (stuck >= STUCK_LOOKS) throw new OuterFault("AS2125", { tried: [...refusals, ...owned] });
    await sleep(api.pollIntervalMs, options);
  }
}

interface Found {
  readonly left: readonly Leftover[];
  /** What is not to be removed, in words. */
  readonly owned: readonly string[];
}

interface Leftover {
  /** @returns why it was refused for good; nothing while it goes or may go later */
  remove(options: CallOptions): Promise<string[]>;
}

async function findLeft(api: MachineApi, claim: Claim, options: CallOptions): Promise<Found> {
  const tag = `${CLAIM_TAG}${claim.id}`;
  const isLeft = (it: Device | SshKey): boolean => claim.force || !isSeen(it);
  const [devices, projectKeys, userKeys] = await Promise.all([
    noneWhenGone(api.listDevices(claim.projectId, { tag }, options)),
    noneWhenGone(api.listSshKeys(claim.projectId, options)),
    // A project's token sees no user keys, and so has made none.
    noneWhenGone(api.listSshKeys(undefined, options), "AS2102"),
  ]);
  const keys = [...projectKeys, ...userKeys].filter((it) => it.tags.includes(tag));
  return {
    left: [
      ...devices.filter(isLeft).map((it) => leftDevice(api, it)),
      ...keys.filter(isLeft).map((it) => leftKey(api, it)),
    ],
    owned: [
      ...devices.filter((it) => !isLeft(it)).map((it) => `${deviceName(it)}: ${OWNED}`),
      ...keys.filter((it) => !isLeft(it)).map((it) => `${keyName(it)}: ${OWNED}`),
    ],
  };
}

/** Where the project is gone, so is all that was in it. */
async function noneWhenGone<T>(
  list: Promise<T[]>,
  also: "AS2102" | "AS2103" = "AS2103",
): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    if (isApiFault(error, "AS2103", also)) return [];
    throw error;
  }
}

const OWNED = "a resource has it, or had it";

function deviceName({ id, hostname }: Device): string {
  return `device ${hostname} (${id})`;
}

function keyName({ id, label }: SshKey): string {
  return `SSH key ${label} (${id})`;
}

function leftDevice(api: MachineApi, device: Device): Leftover {
  return {
    async remove(options) {
      try {
        await api.deleteDevice(device.id, {}, options);
        return [];
      } catch (error) {
        if (isApiFault(error, "AS2111")) return [];
        if (!isApiFault(error)) throw error;
        return [`${deviceName(device)}: ${describeError(error)}`];
      }
    },
  };
}

function leftKey(api: MachineApi, key: SshKey): Leftover {
  return {
    async remove(options) {
      try {
        await api.ensureSshKeyAbsent(key.id, options);
        return [];
      } catch (error) {
        if (!isApiFault(error)) throw error;
        return [`${keyName(key)}: ${describeError(error)}`];
      }
    },
  };
}
