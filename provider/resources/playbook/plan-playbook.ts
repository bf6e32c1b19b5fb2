/**
 * The plan of a playbook: for each host the digest that is wanted. A host whose digest stands
 * already is not touched, so that a new host shows as exactly one new entry. Pure.
 */
import { member } from "../../../core/mapping";
import type { MaybeUnknown, PlanInput, PlanOutput } from "../../framework/resource";
import { UNKNOWN, Unknown } from "../../framework/unknown";
import { wantedDigests, type WantedDigests } from "./digest";
import type { PlaybookEngine } from "./engine";
import type { HostModel, PlaybookModel } from "./model";
import { planTouches } from "./touches";

type Hosts = Readonly<Record<string, MaybeUnknown<HostModel>>>;

/**
 * Adds `applied`, `touches` and `pinned_host_keys` to the plan.
 * @throws UserFault when the playbooks have faults
 */
export function planPlaybook(
  engine: PlaybookEngine,
  { prior, planned }: PlanInput<PlaybookModel>,
): PlanOutput<PlaybookModel> {
  const { hosts } = planned;
  const wanted = wantedDigests(engine, planned);
  if (!wanted || hosts instanceof Unknown) {
    return {
      planned: { ...planned, applied: UNKNOWN, touches: UNKNOWN, pinned_host_keys: UNKNOWN },
    };
  }
  const record = planned.on_failure !== "error";
  const applied = Object.entries(wanted).map(([host, digest]) => {
    const stands = digest !== undefined && member(prior?.applied, host) === digest;
    // A failure may be recorded instead of the digest, so that one is not promised then.
    return [host, stands || !record ? (digest ?? UNKNOWN) : UNKNOWN] as const;
  });
  return {
    planned: {
      ...planned,
      applied: Object.fromEntries(applied),
      touches: planTouches(engine, { prior, planned, wanted }),
      pinned_host_keys: planPins(hosts, wanted, prior),
    },
  };
}

/** Names of the hosts whose entry differs from what is wanted. */
export function hostsToRun(
  wanted: Readonly<Record<string, string | undefined>>,
  applied: Readonly<Record<string, string>>,
): string[] {
  return Object.keys(wanted).filter((host) => wanted[host] !== member(applied, host));
}

/** Keys that were pinned stay while the host is the same machine; the others are seen when it runs. */
function planPins(
  hosts: Hosts,
  wanted: NonNullable<WantedDigests>,
  prior: PlaybookModel | null,
): MaybeUnknown<PlaybookModel["pinned_host_keys"]> {
  const pins: [string, MaybeUnknown<string | null>][] = [];
  for (const [name, host] of Object.entries(hosts)) {
    // Whether the host will have an entry at all depends on its keys.
    if (host instanceof Unknown || host.host_keys instanceof Unknown) return UNKNOWN;
    if (host.host_keys !== null && host.host_keys.length > 0) continue;
    const pin = isSameMachine(host, member(prior?.hosts, name))
      ? member(prior?.pinned_host_keys, name)
      : undefined;
    const runs = wanted[name] === undefined || wanted[name] !== member(prior?.applied, name);
    pins.push([name, pin ?? (runs ? UNKNOWN : null)]);
  }
  return Object.fromEntries(pins);
}

/** Where machines have an identity that decides; else their address does. */
function isSameMachine(
  host: Exclude<MaybeUnknown<HostModel>, Unknown>,
  before: HostModel | undefined,
): boolean {
  if (!before) return false;
  const identified = host.machine_id !== null || before.machine_id !== null;
  if (identified) return host.machine_id === before.machine_id;
  return host.address === before.address && host.port === before.port;
}
