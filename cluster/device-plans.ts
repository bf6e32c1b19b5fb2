/**
 * Device plans of Packet-style APIs that are known by name, as far as a cluster can be wrong about them; plans
 * that are not here are taken as they are. Pure.
 * Source: the plan catalogues of Packet and Equinix Metal (frozen 2026), their Terraform provider's documentation.
 */

/** An ARM64 plan. */
export interface DevicePlanFacts {
  readonly cores: number;
  readonly memoryGib: number;
}

const ARM64: Readonly<Record<string, DevicePlanFacts>> = {
  "c3.large.arm64": { cores: 80, memoryGib: 256 },
  "c2.large.arm": { cores: 32, memoryGib: 128 },
  "c1.large.arm": { cores: 96, memoryGib: 128 },
  baremetal_2a: { cores: 96, memoryGib: 128 },
  baremetal_2a2: { cores: 32, memoryGib: 128 },
};

/** Names that say x86: `m3.large.x86`, and the first generation's, which has numbers. */
const X86 = /(\.x86(\.\d+)?$)|^baremetal_(0|1|1e|2|3|s|hv)$/;

/** What is known of a plan; undefined for one that is not known. */
export function devicePlanFacts(slug: string): DevicePlanFacts | undefined {
  return Object.hasOwn(ARM64, slug) ? ARM64[slug] : undefined;
}

/** Whether the name of a plan says that its machines are none of ARM64. */
export function isOtherArchitecture(slug: string): boolean {
  return X86.test(slug);
}

/** Names of the plans that are known to be ARM64. */
export const ARM64_PLANS: readonly string[] = Object.keys(ARM64);

/**
 * Plans that a pool's machines may get, in the order in which they are tried: its own, and what follows it in the
 * substrate's list; all of the list when it is not in there.
 */
export function planLadder(
  devicePlan: string | undefined,
  capacity: readonly string[],
): readonly string[] {
  if (devicePlan === undefined) return capacity;
  return [devicePlan, ...capacity.slice(capacity.indexOf(devicePlan) + 1)];
}
