/**
 * What a plan for a device says beside the schema's rules: which device still fits, what is repaired, and
 * when a change reinstalls rather than replaces. Pure.
 */
import { fault } from "../../../core/faults";
import type { Partially, PlanInput, PlanOutput } from "../../framework/resource";
import { UNKNOWN } from "../../framework/unknown";
import { known, knownList } from "../known";
import { leavesClaim } from "../leaves-claim";
import { reinstallOf } from "./arguments";
import { ANY_METRO } from "./from-api";
import type { DeviceModel } from "./model";

type Plan = Partially<DeviceModel>;

/** States that an update leads back to `active`; of words newer than this provider nothing is known. */
const MENDABLE: ReadonlySet<string> = new Set([
  "queued",
  "provisioning",
  "reinstalling",
  "inactive",
  "powering_on",
  "powering_off",
]);

/** See the header. */
export function planDevice(input: PlanInput<DeviceModel>): PlanOutput<DeviceModel> {
  const { prior, config } = input;
  if (!prior) return { planned: input.planned };
  const planned = keepWhatFits(input.planned, config, prior);
  if (prior.state === "failed") {
    const warning = fault("AS1861", "state", { given: prior.id });
    return {
      planned: { ...planned, state: UNKNOWN },
      replaces: ["state"],
      warnings: [warning],
    };
  }
  const mended: Plan = MENDABLE.has(prior.state) ? planMended(planned) : planned;
  const replaces: (keyof DeviceModel)[] = [];
  if (mended.plan !== prior.plan) replaces.push("plan");
  const systemChanges = mended.operating_system !== prior.operating_system;
  const reinstalls = systemChanges && reinstallOf(config.reinstall)?.enabled === true;
  if (systemChanges && !reinstalls) replaces.push("operating_system");
  if (leavesClaim(mended, prior)) replaces.push("claim_id");
  return { planned: planHostKeys(mended, { ...input, prior }, reinstalls), replaces };
}

/** A plan of the ladder, and any metro, ask for nothing that the device is not already. */
function keepWhatFits(planned: Plan, config: Plan, prior: DeviceModel): Plan {
  const ladder = [known(config.plan), ...(knownList(config.fallback_plans) ?? [])];
  const plan = ladder.includes(prior.deployed_plan) ? prior.plan : planned.plan;
  const metro = planned.metro === ANY_METRO ? prior.metro : planned.metro;
  return { ...planned, plan, metro };
}

/** On its way to `active` a device gets the addresses that it has none of. */
function planMended(planned: Plan): Plan {
  const addresses = (
    ["access_public_ipv4", "access_private_ipv4", "access_public_ipv6"] as const
  ).filter((name) => planned[name] === null);
  const unknown = Object.fromEntries(addresses.map((name) => [name, UNKNOWN]));
  return { ...planned, ...unknown, state: "active" };
}

/**
 * Keys are pinned anew after a reinstall; for the first time when the wait for SSH is switched on, or when
 * a device that never showed one is brought to `active`.
 */
function planHostKeys(
  planned: Plan,
  { config, changed, prior }: PlanInput<DeviceModel> & { readonly prior: DeviceModel },
  reinstalls: boolean,
): Plan {
  const given = config.host_keys !== null;
  const none = (prior.host_keys ?? []).length === 0;
  const met = changed.has("wait_for_ssh") || MENDABLE.has(prior.state);
  const first = met && planned.wait_for_ssh === true && none;
  const unset = given || !(reinstalls || first);
  return unset ? planned : { ...planned, host_keys: UNKNOWN };
}
