/** Ranges of addresses: inside of their subnet, in order, and large enough. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import type { Address } from "../../../ip/address";
import { isUsable, type Subnet } from "../../../ip/subnet";
import { addressesOf, networksOf, type SettledNetwork, subnetsOf } from "../networks";
import { RANGE_SLACK } from "../network-table";
import { leastOf } from "./networks";
import type { SiteRule } from "./site-finding";

const SOURCE = "roles/common/validate-addresses of the bootstrap";

/** Every range; nothing is said while its subnet is malformed. */
export const checkRanges: SiteRule = (site, cluster) =>
  networksOf(site).flatMap((network) => {
    const subnets = subnetsOf(network);
    if (network.range === undefined || subnets.length === 0) return [];
    return checkRange(network, { subnets, least: leastOf(network, site) }, cluster);
  });

interface Bounds {
  readonly subnets: readonly Subnet[];
  readonly least: number;
}

function checkRange(
  network: SettledNetwork,
  { subnets, least }: Bounds,
  cluster: ClusterSpec,
): Finding[] {
  const { at, facts, name, range = { start: "", end: "" } } = network;
  const parsed = { start: addressesOf(range.start), end: addressesOf(range.end) };
  const misplaced = (["start", "end"] as const).filter(
    (key) =>
      parsed[key].length !== subnets.length ||
      !subnets.every((it, n) => isInside(it, parsed[key][n])),
  );
  if (misplaced.length > 0) {
    return misplaced.map((key) =>
      finding("AS1312", [...at, "range", key], cluster, {
        problem: `the range of ${name} leaves its subnet ${network.subnet} (${SOURCE}):`,
        given: range[key],
      }),
    );
  }
  const sizes = subnets.map((_, n) => sizeOf(parsed.start[n], parsed.end[n]));
  const problem = sizes
    .map((it) => orderFault(it, facts.mayBeSingle === true, least - RANGE_SLACK))
    .find((it) => it !== undefined);
  if (problem === undefined) return [];
  return [
    finding("AS1312", [...at, "range", "end"], cluster, {
      problem: `the range of ${name} ${problem} (${SOURCE}):`,
      given: range.end,
    }),
  ];
}

function isInside(subnet: Subnet, address: Address | undefined): boolean {
  return address !== undefined && isUsable(subnet, address);
}

/** Number of addresses; 0 or less when the end is before the start. */
function sizeOf(start: Address | undefined, end: Address | undefined): bigint {
  return (end?.value ?? 0n) - (start?.value ?? 0n) + 1n;
}

function orderFault(size: bigint, mayBeSingle: boolean, least: number): string | undefined {
  if (size < 1n || (size === 1n && !mayBeSingle)) return "ends before it starts, or at its start";
  return size < least ? `has ${size} addresses and needs ${least}` : undefined;
}
