/** Single addresses: OAM's, and gateways of other networks. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding, type ValuePath } from "../../../finding";
import { isUsable } from "../../../ip/subnet";
import {
  addressesOf,
  networksOf,
  oamOf,
  partsOf,
  type SettledNetwork,
  subnetsOf,
} from "../networks";
import type { Site } from "../site";
import { findingAt, type SiteRule } from "./site-finding";

const SOURCE = "roles/bootstrap/validate-config of the bootstrap";

/** What OAM must have, and that all addresses are different hosts of their networks. */
export const checkAddresses: SiteRule = (site, cluster) => {
  const missing = checkMissing(site, cluster);
  if (missing.length > 0) return missing;
  return [...checkOam(site, cluster), ...checkGateways(site, cluster)];
};

function checkMissing(site: Site, cluster: ClusterSpec): Finding[] {
  const { oam } = site.options.networks ?? {};
  return (["subnet", "gateway", "floating"] as const).flatMap((key) =>
    oam?.[key] !== undefined
      ? []
      : [
          findingAt("AS1329", site, ["networks", "oam", key], cluster, {
            problem: `networks.oam.${key} is missing; the bootstrap's own is an example only (${SOURCE})`,
          }),
        ],
  );
}

interface Use {
  readonly below: ValuePath;
  readonly what: string;
  readonly given: string;
}

function checkOam(site: Site, cluster: ClusterSpec): Finding[] {
  const oam = networksOf(site).find(({ name }) => name === "oam");
  if (oam === undefined || subnetsOf(oam).length === 0) return [];
  const { gateway = "", floating = "", controllers = [] } = oamOf(site);
  const given = site.options.networks?.oam?.controllers;
  if (site.systemMode === "simplex" && given !== undefined) {
    const problem = `simplex has no address beside the floating one (${SOURCE}); controllers cannot be`;
    return [
      findingAt("AS1313", site, ["networks", "oam", "controllers"], cluster, { problem, given }),
    ];
  }
  const at = ["networks", "oam"];
  const uses: Use[] = [
    { below: [...at, "gateway"], what: "gateway", given: gateway },
    { below: [...at, "floating"], what: "floating address", given: floating },
    ...controllers.map((address, n) => ({
      // Derived ones are mended where the floating address is.
      below: given === undefined ? [...at, "floating"] : [...at, "controllers", n],
      what: `address of controller-${n}`,
      given: address,
    })),
  ];
  return uses.flatMap((it, n) => checkUse(it, uses.slice(0, n), oam, site, cluster));
}

function checkUse(
  { below, what, given }: Use,
  before: readonly Use[],
  oam: SettledNetwork,
  site: Site,
  cluster: ClusterSpec,
): Finding[] {
  const same = before.find((it) => it.given === given);
  if (same !== undefined) {
    const problem = `oam's ${what} is its ${same.what} too (${SOURCE}):`;
    return [findingAt("AS1313", site, below, cluster, { problem, given })];
  }
  if (fits(given, oam)) return [];
  const problem = `oam's ${what} is no address for a host of ${oam.subnet} (${SOURCE}):`;
  return [findingAt("AS1313", site, below, cluster, { problem, given })];
}

function checkGateways(site: Site, cluster: ClusterSpec): Finding[] {
  return networksOf(site).flatMap((network) => {
    const { name, gateway, at } = network;
    if (name === "oam" || gateway === undefined || fits(gateway, network)) return [];
    return [
      finding("AS1313", [...at, "gateway"], cluster, {
        problem: `the gateway is no address for a host of ${network.subnet} (${SOURCE}):`,
        given: gateway,
      }),
    ];
  });
}

/** Whether every part is an address of the subnet of its place. */
function fits(text: string, network: SettledNetwork): boolean {
  const subnets = subnetsOf(network);
  const addresses = addressesOf(text);
  return (
    partsOf(text).length === subnets.length &&
    addresses.length === subnets.length &&
    subnets.every((it, n) => {
      const address = addresses[n];
      return address !== undefined && isUsable(it, address);
    })
  );
}
