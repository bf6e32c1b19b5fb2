/** Rules between the sites of a distributed cloud. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding, type ValuePath } from "../../../finding";
import { CENTRAL_CONFIGURATIONS } from "../configurations";
import { contains, firstUsable, isUsable, lastUsable } from "../../../ip/subnet";
import { addressesOf, findNetwork, subnetsOf } from "../networks";
import type { Site } from "../site";
import { haveCommon } from "./address-families";
import { findingAt, type SiteRule } from "./site-finding";

/** Names of the central regions, in the letters that names may have. */
const RESERVED = ["regionone", "systemcontroller"];
const GUIDE = "distributed cloud guide of StarlingX";

/** Admin networks lead to a central site, so only subclouds have one. */
export const checkAdmin: SiteRule = (site, cluster) => {
  if (site.role === "subcloud" || site.options.networks?.admin === undefined) return [];
  const problem =
    "only subclouds have an admin network (roles/bootstrap/validate-config; distributed cloud guide)";
  return [findingAt("AS1372", site, ["networks", "admin"], cluster, { key: true, problem })];
};

/** All of them. The central site is the first. */
export function checkDistributedCloud(sites: readonly Site[], cluster: ClusterSpec): Finding[] {
  const [central, ...subclouds] = sites;
  if (central?.role !== "systemcontroller") return [];
  if (subclouds.length === 0) {
    const problem = `a distributed cloud has subclouds (${GUIDE}), and there is none`;
    return [findingAt("AS1379", central, ["subclouds"], cluster, { problem })];
  }
  return [
    ...checkCentral(central, cluster),
    ...checkNames(subclouds, cluster),
    ...checkPoolsOfSites(subclouds, cluster),
    ...subclouds.flatMap((it, n) => [
      ...checkPoolOfAddresses(it, cluster),
      ...checkBootstrapValues(it, cluster),
      ...checkManagement(it, [central, ...subclouds.slice(0, n)], cluster),
      ...checkCentralGateway(it, central, cluster),
    ]),
  ];
}

function checkCentral(central: Site, cluster: ClusterSpec): Finding[] {
  const { name } = central.configuration;
  const found: Finding[] = [];
  if (!CENTRAL_CONFIGURATIONS.some((it) => it === name)) {
    const problem =
      "a central site is highly available (roles/bootstrap/validate-config), which is not";
    found.push(
      findingAt("AS1370", central, ["central"], cluster, {
        problem,
        given: name,
        allowed: CENTRAL_CONFIGURATIONS,
      }),
    );
  }
  return [...found, ...checkCentralRange(central, cluster)];
}

function checkCentralRange(central: Site, cluster: ClusterSpec): Finding[] {
  const management = findNetwork(central, "management");
  const [subnet] = management ? subnetsOf(management) : [];
  if (management === undefined || subnet === undefined) return [];
  const rule = "roles/bootstrap/validate-config";
  if (management.range === undefined) {
    const problem = `the management range of the system controller is explicit (${rule})`;
    return [finding("AS1371", [...management.at, "range"], cluster, { problem })];
  }
  const [start] = addressesOf(management.range.start);
  const [end] = addressesOf(management.range.end);
  if (start === undefined || end === undefined) return [];
  const isWhole = start.value <= firstUsable(subnet).value && end.value >= lastUsable(subnet).value;
  if (!isWhole) return [];
  const problem = `the range leaves no address of ${management.subnet} for gateways (${rule}):`;
  return [
    finding("AS1371", [...management.at, "range", "end"], cluster, {
      problem,
      given: management.range.end,
    }),
  ];
}

function checkNames(subclouds: readonly Site[], cluster: ClusterSpec): Finding[] {
  const names = subclouds.map(({ subcloud }) => subcloud?.name ?? "");
  return subclouds.flatMap((site, n) => {
    const given = names[n] ?? "";
    if (RESERVED.includes(given)) {
      const problem = "the regions of the central site are called so (starlingx/config):";
      return [findingAt("AS1377", site, ["name"], cluster, { problem, given })];
    }
    if (names.indexOf(given) === n) return [];
    return [
      findingAt("AS1377", site, ["name"], cluster, {
        problem: "another subcloud has the name",
        given,
      }),
    ];
  });
}

function checkPoolsOfSites(subclouds: readonly Site[], cluster: ClusterSpec): Finding[] {
  const known = cluster.pools.map(({ name }) => name);
  const seen = new Set<string>();
  return subclouds.flatMap((site) =>
    (site.subcloud?.pools ?? []).flatMap((given, n) => {
      const at = ["pools", n];
      if (!known.includes(given)) {
        const problem = "there is no pool";
        return [findingAt("AS1375", site, at, cluster, { problem, given, allowed: known })];
      }
      if (!seen.has(given)) {
        seen.add(given);
        return [];
      }
      const problem = "another subcloud has the pool, or this one twice:";
      return [findingAt("AS1375", site, at, cluster, { problem, given })];
    }),
  );
}

/** What dcmanager asks of the addresses by which a subcloud is reached. */
function checkPoolOfAddresses(site: Site, cluster: ClusterSpec): Finding[] {
  const least = site.systemMode === "simplex" ? 2n : 5n;
  const { management, admin } = site.options.networks ?? {};
  const source = "starlingx/distcloud, which the guide of bootstrap values follows";
  const both =
    admin !== undefined && management?.gateway !== undefined
      ? [
          findingAt("AS1381", site, ["networks", "management", "gateway"], cluster, {
            problem: `networks.admin takes its place (${source}); there cannot be`,
            given: management.gateway,
          }),
        ]
      : [];
  const pools = (["management", "admin"] as const).flatMap((name) => {
    const { range, gateway } = site.options.networks?.[name] ?? {};
    const [start] = addressesOf(range?.start ?? "");
    const [end] = addressesOf(range?.end ?? "");
    if (range === undefined || start === undefined || end === undefined) return [];
    const at = ["networks", name];
    const [own] = addressesOf(gateway ?? "");
    const isTaken = own !== undefined && own.value >= start.value && own.value <= end.value;
    const size = end.value - start.value + 1n;
    return [
      ...(isTaken
        ? [
            findingAt("AS1378", site, [...at, "gateway"], cluster, {
              problem: `hosts of the subcloud get the address (${source}):`,
              given: gateway,
            }),
          ]
        : []),
      ...(size > 0n && size < least
        ? [
            findingAt("AS1380", site, [...at, "range", "end"], cluster, {
              problem: `${name} needs ${least} addresses (${source}), and the range has ${size}:`,
              given: range.end,
            }),
          ]
        : []),
    ];
  });
  return [...both, ...pools];
}

/** What dcmanager asks for, with simplex too; OAM is every site's and has a rule of its own. */
function checkBootstrapValues(site: Site, cluster: ClusterSpec): Finding[] {
  const { management, admin } = site.options.networks ?? {};
  const replaced = admin ?? management;
  const key = admin === undefined ? "management" : "admin";
  const required: readonly (readonly [ValuePath, unknown])[] = [
    [["networks", "management", "subnet"], management?.subnet],
    [["networks", "management", "range"], management?.range],
    ...(admin === undefined
      ? []
      : ([
          [["networks", "admin", "subnet"], admin.subnet],
          [["networks", "admin", "range"], admin.range],
        ] as const)),
    [["networks", key, "gateway"], replaced?.gateway],
    [["systemControllerGateway"], site.subcloud?.systemControllerGateway],
  ];
  return required.flatMap(([below, value]) => {
    if (value !== undefined) return [];
    const problem = `bootstrap values of a subcloud have ${below.join(".")} (${GUIDE})`;
    return [findingAt("AS1374", site, below, cluster, { problem })];
  });
}

function checkManagement(site: Site, others: readonly Site[], cluster: ClusterSpec): Finding[] {
  const own = findNetwork(site, "management");
  if (own?.isGiven !== true) return [];
  return others.flatMap((other) => {
    const theirs = findNetwork(other, "management");
    if (theirs === undefined || !haveCommon(own, theirs)) return [];
    const whose = other.subcloud
      ? `subcloud ${JSON.stringify(other.subcloud.name)}`
      : "the central site";
    return [
      finding("AS1373", [...own.at, "subnet"], cluster, {
        problem: `${whose} has ${theirs.subnet} for management (${GUIDE}); this overlaps:`,
        given: own.subnet,
      }),
    ];
  });
}

function checkCentralGateway(site: Site, central: Site, cluster: ClusterSpec): Finding[] {
  const given = site.subcloud?.systemControllerGateway;
  const management = findNetwork(central, "management");
  const [subnet] = management ? subnetsOf(management) : [];
  if (given === undefined || management === undefined || subnet === undefined) return [];
  const [address] = addressesOf(given);
  const [start] = addressesOf(management.range?.start ?? "");
  const [end] = addressesOf(management.range?.end ?? "");
  const isInSubnet =
    address !== undefined && isUsable(subnet, address) && contains(subnet, address);
  const isTaken =
    address !== undefined &&
    start !== undefined &&
    end !== undefined &&
    address.value >= start.value &&
    address.value <= end.value;
  if (isInSubnet && !isTaken) return [];
  const problem = isInSubnet
    ? `hosts of the central site get the address (${GUIDE}):`
    : `no address for a host of the central management network ${management.subnet} (${GUIDE}):`;
  return [findingAt("AS1378", site, ["systemControllerGateway"], cluster, { problem, given })];
}
