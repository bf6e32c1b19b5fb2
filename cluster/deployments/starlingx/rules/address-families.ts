/** Networks among each other: one IP family, dual-stack together, no overlap. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import { overlap } from "../../../ip/subnet";
import { isWellFormed, networksOf, type SettledNetwork, subnetsOf } from "../networks";
import type { NetworkName } from "../options/networks";
import type { SiteRule } from "./site-finding";

const SOURCE = "roles/common/validate-addresses of the bootstrap";
const TOGETHER: readonly NetworkName[] = ["pod", "service", "clusterHost"];

/** All three; nothing is said while a subnet is malformed. */
export const checkFamilies: SiteRule = (site, cluster) => {
  const networks = networksOf(site);
  if (!networks.every(isWellFormed)) return [];
  return [
    ...checkOneFamily(networks, cluster),
    ...checkDualStack(networks, cluster),
    ...checkOverlaps(networks, cluster),
  ];
};

/** OAM is always given, so it shows what was meant. */
function checkOneFamily(networks: readonly SettledNetwork[], cluster: ClusterSpec): Finding[] {
  const oam = networks.find(({ name }) => name === "oam");
  if (oam === undefined) return [];
  const wanted = familyOf(oam);
  const differing = networks.filter(
    (it) => it.facts.isApart !== true && familyOf(it) !== wanted && it !== oam,
  );
  const given = differing.filter(({ isGiven }) => isGiven);
  const defaults = differing.filter(({ isGiven }) => !isGiven).map(({ name }) => name);
  return [
    ...given.map((it) =>
      finding("AS1314", [...it.at, "subnet"], cluster, {
        problem: `${it.name} and oam differ in IP family (${SOURCE}):`,
        given: it.subnet,
        allowed: `an IPv${wanted} subnet`,
      }),
    ),
    ...(defaults.length === 0
      ? []
      : [
          finding("AS1314", [...oam.at, "subnet"], cluster, {
            problem: `oam is IPv${wanted}, and ${defaults.join(", ")} default to another IP family (${SOURCE}):`,
            given: oam.subnet,
            hint: `give IPv${wanted} subnets for ${defaults.join(", ")}`,
          }),
        ]),
  ];
}

function checkDualStack(networks: readonly SettledNetwork[], cluster: ClusterSpec): Finding[] {
  const dual = networks.filter(isDual);
  const first = dual.find(({ name }) => TOGETHER.includes(name));
  if (first === undefined) return [];
  const wanted = first.name === "pod" || dual.some(({ name }) => name === "pod");
  const others = wanted ? [...TOGETHER, "oam"] : TOGETHER;
  const single = networks.filter((it) => others.includes(it.name) && !isDual(it));
  const places: (readonly [SettledNetwork, readonly string[]])[] = [
    ...single.filter(({ isGiven }) => isGiven).map((it) => [it, [it.name]] as const),
    // What is not in the file is mended where the first dual-stack network is.
    [first, single.filter(({ isGiven }) => !isGiven).map(({ name }) => name)],
  ];
  return places
    .filter(([, names]) => names.length > 0)
    .map(([{ at, subnet }, names]) =>
      finding("AS1315", [...at, "subnet"], cluster, {
        problem: `${first.name} is dual-stack, and not so ${names.join(", ")} (${SOURCE}):`,
        given: subnet,
        hint: `give ${names.join(", ")} a second subnet of the other IP family`,
      }),
    );
}

function checkOverlaps(networks: readonly SettledNetwork[], cluster: ClusterSpec): Finding[] {
  const unicast = networks.filter(({ name }) => name !== "multicast");
  return unicast.flatMap((it, n) =>
    unicast.slice(0, n).flatMap((other) => {
      if (!haveCommon(it, other)) return [];
      const [changed, kept] = it.isGiven ? [it, other] : [other, it];
      // Two defaults never overlap.
      return [
        finding("AS1318", [...changed.at, "subnet"], cluster, {
          problem: `${changed.name} overlaps with ${kept.name} ${kept.subnet} (${SOURCE}):`,
          given: changed.subnet,
        }),
      ];
    }),
  );
}

/** Whether two networks have an address in common. */
export function haveCommon(
  left: Pick<SettledNetwork, "subnet">,
  right: Pick<SettledNetwork, "subnet">,
): boolean {
  return subnetsOf(left).some((one) => subnetsOf(right).some((it) => overlap(one, it)));
}

function familyOf(network: SettledNetwork): number | undefined {
  return subnetsOf(network)[0]?.family;
}

function isDual(network: SettledNetwork): boolean {
  return subnetsOf(network).length > 1;
}
