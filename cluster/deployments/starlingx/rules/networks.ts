/** Subnets by themselves: their form, size and kind. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import { isMulticast, type Subnet } from "../../../ip/subnet";
import { SHORTEST_IPV6_PREFIX, TYPICAL_PREFIX } from "../network-table";
import { isWellFormed, networksOf, type SettledNetwork, subnetsOf } from "../networks";
import type { Site } from "../site";
import type { SiteRule } from "./site-finding";

const SIZES = "roles/common/validate-addresses of the bootstrap";

/** Every network that the file describes. */
export const checkSubnets: SiteRule = (site, cluster) =>
  networksOf(site)
    .filter(({ isGiven }) => isGiven)
    .flatMap((it) => {
      const malformed = checkForm(it, cluster);
      return malformed.length > 0 ? malformed : checkKind(it, site, cluster);
    });

function checkForm(network: SettledNetwork, cluster: ClusterSpec): Finding[] {
  if (isWellFormed(network)) return [];
  return [
    finding("AS1310", [...network.at, "subnet"], cluster, {
      problem: `not a subnet (${SIZES}):`,
      given: network.subnet,
      allowed:
        "address/prefix without bits behind the prefix, or one of each IP family joined by a comma",
    }),
  ];
}

function checkKind(network: SettledNetwork, site: Site, cluster: ClusterSpec): Finding[] {
  const { name, subnet: given } = network;
  const at = [...network.at, "subnet"];
  const subnets = subnetsOf(network);
  if (name === "pxeboot" && subnets.some(({ family }) => family === 6)) {
    const problem = "UEFI boots over IPv4 only (limits of StarlingX on ARM); pxeboot cannot be";
    return [finding("AS1316", at, cluster, { problem, given })];
  }
  const wantsMulticast = name === "multicast";
  if (subnets.some((it) => isMulticast(it) !== wantsMulticast)) {
    const problem = `wrong kind of subnet for ${name} (${SIZES}):`;
    const allowed = wantsMulticast ? "a subnet of 224.0.0.0/4 or ff00::/8" : "a unicast subnet";
    return [finding("AS1317", at, cluster, { problem, given, allowed })];
  }
  return subnets.flatMap((subnet) => {
    const problem = sizeFault(subnet, network, site);
    if (problem !== undefined) return [finding("AS1311", at, cluster, { problem, given })];
    return checkTypical(subnet, network, site, cluster);
  });
}

function sizeFault(
  subnet: Subnet,
  { name, facts }: SettledNetwork,
  site: Site,
): string | undefined {
  const least = leastOf({ facts }, site);
  if (subnet.size < least) {
    return `${name} needs at least ${least} addresses (${SIZES}), and has ${subnet.size} in`;
  }
  if (facts.most !== undefined && subnet.size > facts.most) {
    return `${name} takes at most ${facts.most} addresses (${SIZES}), and has ${subnet.size} in`;
  }
  if (subnet.family === 6 && subnet.prefix < SHORTEST_IPV6_PREFIX) {
    return `IPv6 prefixes are at least /${SHORTEST_IPV6_PREFIX} (${SIZES}), not`;
  }
  return undefined;
}

/** Fewest addresses of a network at a site. */
export function leastOf(
  { facts }: Pick<SettledNetwork, "facts">,
  { systemMode }: Pick<Site, "systemMode">,
): number {
  return systemMode === "simplex" ? (facts.leastSimplex ?? facts.least) : facts.least;
}

function checkTypical(
  { family, prefix }: Subnet,
  { at, facts, name, subnet }: SettledNetwork,
  { configuration }: Site,
  cluster: ClusterSpec,
): Finding[] {
  const isUnusual = facts.isTypical === true && family === 4 && prefix < TYPICAL_PREFIX;
  if (!isUnusual || configuration.systemType !== "Standard") return [];
  return [
    finding("AS1319", [...at, "subnet"], cluster, {
      severity: "warning",
      problem: `the bootstrap warns of ${name} below /${TYPICAL_PREFIX} on Standard (roles/bootstrap/validate-config):`,
      given: subnet,
    }),
  ];
}
