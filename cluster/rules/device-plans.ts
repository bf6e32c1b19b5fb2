/** Device plans: machines whose names say another architecture can run none of it. Pure. */
import type { ClusterSpec } from "../config";
import { ARM64_PLANS, isOtherArchitecture } from "../device-plans";
import { finding, type Finding, type ValuePath } from "../finding";

/** See the header. */
export function checkDevicePlans(cluster: Pick<ClusterSpec, "substrate" | "pools">): Finding[] {
  const uses: (readonly [ValuePath, string | undefined])[] = [
    ...cluster.substrate.metal.capacity.map(
      (slug, n) => [["substrate", "metal", "capacity", n], slug] as const,
    ),
    ...cluster.pools.map(
      ({ devicePlan }, index) => [["pools", index, "devicePlan"], devicePlan] as const,
    ),
  ];
  return uses.flatMap(([at, given]) =>
    given === undefined || !isOtherArchitecture(given)
      ? []
      : [finding("AS1236", at, cluster, { given, hint: `ARM64: ${ARM64_PLANS.join(", ")}` })],
  );
}
