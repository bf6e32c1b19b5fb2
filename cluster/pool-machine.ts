/** The machine that a pool's nodes are sure to have: the smallest that they may get. Pure. */
import type { ClusterSpec, PoolSpec } from "./config";
import { devicePlanFacts, type DevicePlanFacts, planLadder } from "./device-plans";

/** See the header; undefined when none of the plans is known. */
export function smallestMachine(
  { substrate }: Pick<ClusterSpec, "substrate">,
  { devicePlan }: Pick<PoolSpec, "devicePlan">,
): DevicePlanFacts | undefined {
  const ladder = planLadder(devicePlan, substrate.metal.capacity);
  const known = ladder.flatMap((it) => devicePlanFacts(it) ?? []);
  if (known.length === 0) return undefined;
  return {
    cores: Math.min(...known.map(({ cores }) => cores)),
    memoryGib: Math.min(...known.map(({ memoryGib }) => memoryGib)),
  };
}
