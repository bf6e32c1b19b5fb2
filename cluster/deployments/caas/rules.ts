/**
 * `caas`: machines boot over the network, tell what they are, and are given their roles. How many of each the pools
 * say; which machine becomes what, the scheduler (schedule.ts).
 */
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { finding, type Finding } from "../../finding";
import { countNodes } from "../../pool-nodes";
import { checkMembers } from "../etcd";
import { overlap, tryParseSubnet } from "../../ip/subnet";
import { readDiscovery } from "./discovery";
import { type CaasOptions, caasOptions, tryReadCaasOptions } from "./options";
import { planOf, type Wanted } from "./schedule";

/** The kind's name. */
export const CAAS = "caas";
/** Length of the containers' network; machines get a /24 of it each. */
const POD_PREFIX = 16;

/** See the header. */
export const caasRules: DeploymentRules = {
  kind: CAAS,
  doc: "CoreOS as a service: machines boot over the network and tell what they are; a whole set of members of etcd and of control planes is chosen among them by MAC address, and the rest are workers, or proxies",
  roles: ["etcd-member", "control-plane", "worker", "etcd-proxy"],
  families: ["flatcar"],
  options: caasOptions,
  files: { discovery: ({ written, content }) => readDiscovery(written, content).faults },
  check(cluster) {
    const options = tryReadCaasOptions(cluster.deployment ?? {});
    return [
      ...checkMembers(cluster),
      ...(options === undefined
        ? []
        : [
            ...checkStacked(cluster, options),
            ...checkAssigned(cluster, options),
            ...checkStores(cluster, options),
            ...checkNetworks(cluster, options),
            ...checkHashes(cluster, options),
          ]),
    ];
  },
};

/** What the pools want of the scheduler. */
export function wantedOf(cluster: ClusterSpec, { stacked }: Pick<CaasOptions, "stacked">): Wanted {
  const count = (role: string): number =>
    cluster.pools.filter((it) => it.role === role).reduce((sum, pool) => sum + countNodes(pool), 0);
  return { members: count("etcd-member"), controlPlanes: count("control-plane"), stacked };
}

function checkStacked(cluster: ClusterSpec, { stacked }: CaasOptions): Finding[] {
  const index = cluster.pools.findIndex(({ role }) => role === "control-plane");
  if (!stacked || index < 0) return [];
  return [finding("AS1578", ["pools", index, "role"], cluster, { given: "control-plane" })];
}

/** Roles that machines have must be ones that this plan gives, and no more of a set than it has. */
function checkAssigned(cluster: ClusterSpec, options: CaasOptions): Finding[] {
  const demands = planOf(wantedOf(cluster, options));
  const sets = demands.map(({ roles, count }) => ({ key: keyOf(roles), count, seen: 0 }));
  return Object.entries(options.assigned).flatMap(([mac, roles]) => {
    const at = ["deployment", "assigned", mac];
    const set = sets.find((it) => it.key === keyOf(roles));
    if (set === undefined) {
      const allowed = sets.map(({ key }) => key);
      return [finding("AS1575", at, cluster, { given: keyOf(roles), allowed })];
    }
    set.seen += 1;
    return set.count === "rest" || set.seen <= set.count
      ? []
      : [
          finding("AS1575", at, cluster, {
            problem: `the pools have ${set.count} of this, and this is one more`,
            given: set.key,
          }),
        ];
  });
}

function keyOf(roles: readonly string[]): string {
  return [...roles].sort().join("+");
}

function checkStores(cluster: ClusterSpec, { etcd }: CaasOptions): Finding[] {
  const seen = new Set<number>();
  return Object.entries(etcd.stores).flatMap(([name, ports]) =>
    (["client", "peer"] as const).flatMap((key) => {
      const again = seen.size === seen.add(ports[key]).size;
      const at = ["deployment", "etcd", "stores", name, key];
      return again ? [finding("AS1579", at, cluster, { given: ports[key] })] : [];
    }),
  );
}

/** Ignition verifies by a hash that stands in the config: it looks up none. */
function checkHashes(cluster: ClusterSpec, { client, etcd }: CaasOptions): Finding[] {
  const uses = [
    { at: ["client", "checksum"], checksum: client.checksum },
    { at: ["etcd", "artifacts", "checksum"], checksum: etcd.artifacts.checksum },
  ];
  return uses
    .filter(({ checksum }) => !/^sha(256|512):[0-9a-f]+$/.test(checksum))
    .map(({ at, checksum }) =>
      finding("AS1556", ["deployment", ...at], cluster, {
        problem: "Ignition needs the hash itself, not a file that has it",
        given: checksum,
        allowed: "sha256:<64 hex digits> or sha512:<128 hex digits>",
      }),
    );
}

function checkNetworks(cluster: ClusterSpec, options: CaasOptions): Finding[] {
  const keys = ["serviceNetwork", "podNetwork"] as const;
  const networks = keys.map((key) => ({ key, network: tryParseSubnet(options[key]) }));
  const malformed = networks
    .filter(({ network }) => network === undefined)
    .map(({ key }) =>
      finding("AS1576", ["deployment", key], cluster, {
        problem: "no network, or a bit behind its prefix is set",
        given: options[key],
      }),
    );
  const [services, pods] = networks.map(({ network }) => network);
  if (services === undefined || pods === undefined) return malformed;
  const at = ["deployment", "podNetwork"];
  const given = options.podNetwork;
  return [
    ...(pods.prefix === POD_PREFIX
      ? []
      : [
          finding("AS1576", at, cluster, {
            problem: "each machine gets the part with the number of its address's last byte",
            given,
            allowed: `a /${POD_PREFIX}`,
          }),
        ]),
    ...(overlap(services, pods)
      ? [finding("AS1576", at, cluster, { problem: "it overlaps with serviceNetwork", given })]
      : []),
  ];
}
