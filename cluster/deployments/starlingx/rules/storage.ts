/** Storage: backends that fit, disks where they belong, groups that are full, monitors. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import { PERSONALITIES, STORAGE_GROUPS } from "../configurations";
import { describeSite, hostsWith, type Site } from "../site";
import { osdHosts, type SettledStorage, storageOf } from "../storage";
import { findingAt, type SiteRule } from "./site-finding";

const API = "storage API of starlingx/config";

/** All rules of storage. */
export const checkStorage: SiteRule = (site, cluster) => {
  const storage = storageOf(site);
  const backend = checkBackend(site, storage, cluster);
  if (backend.length > 0) return backend;
  return [
    ...checkReplication(site, storage, cluster),
    ...checkGroups(site, storage, cluster),
    ...checkOsds(site, storage, cluster),
    ...checkMonitor(site, storage, cluster),
  ];
};

function checkBackend(site: Site, { backend }: SettledStorage, cluster: ClusterSpec): Finding[] {
  const { configuration, options } = site;
  const isDedicated = configuration.storageModel === "storage-nodes";
  const hasWorkers = configuration.hosts.worker.max > 0;
  if (isDedicated && backend === "none") {
    const problem =
      "storage hosts can be configured only when Ceph was there before controller-0 was unlocked (guide of dedicated storage); backend cannot be";
    return [
      findingAt("AS1340", site, ["storage", "backend"], cluster, {
        problem,
        given: backend,
        allowed: ["ceph"],
      }),
    ];
  }
  if (isDedicated && backend === "ceph-rook") {
    const problem =
      "Rook Ceph has no storage hosts (storage pages of docs.starlingx.io); backend cannot be";
    return [
      findingAt("AS1341", site, ["storage", "backend"], cluster, {
        problem,
        given: backend,
        allowed: ["ceph"],
      }),
    ];
  }
  const deployment = options.storage?.deployment;
  if (deployment !== undefined && backend !== "ceph-rook") {
    const problem = `only ceph-rook has deployment models (storage pages of docs.starlingx.io); backend ${backend} has no`;
    return [
      findingAt("AS1341", site, ["storage", "deployment"], cluster, { problem, given: deployment }),
    ];
  }
  if (deployment === "dedicated" && !hasWorkers) {
    const problem = `the dedicated model keeps data on workers (storage pages of docs.starlingx.io), and ${describeSite(site)} has none; deployment cannot be`;
    return [
      findingAt("AS1341", site, ["storage", "deployment"], cluster, {
        problem,
        given: deployment,
        allowed: ["controller", "open"],
      }),
    ];
  }
  return [];
}

function checkReplication(site: Site, storage: SettledStorage, cluster: ClusterSpec): Finding[] {
  const { backend, replication } = storage;
  const given = site.options.storage?.replication;
  if (given === undefined) return [];
  const at = ["storage", "replication"];
  if (backend === "none") {
    const problem = `nothing is replicated without a backend (${API}); replication cannot be`;
    return [findingAt("AS1341", site, at, cluster, { problem, given })];
  }
  const allowed = replications(site, storage);
  if (allowed.includes(replication)) return [];
  return [
    findingAt("AS1344", site, at, cluster, {
      problem: `${describeSite(site)} has other replications (storage pages of docs.starlingx.io); replication cannot be`,
      given,
      allowed: allowed.map(String),
    }),
  ];
}

/** Rook spreads replicas over hosts; the open model leaves all to its user. */
function replications(
  { configuration }: Site,
  { backend, deployment }: SettledStorage,
): readonly number[] {
  if (backend === "ceph") return configuration.replication;
  return deployment === "open" || configuration.name === "aio-sx" ? [1, 2, 3] : [2, 3];
}

function checkGroups(site: Site, { replication }: SettledStorage, cluster: ClusterSpec): Finding[] {
  const group = STORAGE_GROUPS[replication];
  const count = hostsWith(site, "storage").length;
  const { min, max } = site.configuration.hosts.storage;
  // Another rule tells a count that no replication could have.
  if (group === undefined || max === 0 || count < min || count > max) return [];
  if (count % group.size === 0 && count <= group.size * group.most) return [];
  const index = site.pools.findLast(({ pool }) => pool.role === "storage")?.index ?? 0;
  const key = cluster.pools[index]?.names ? "names" : "count";
  const counts = Array.from({ length: group.most }, (_, n) => String((n + 1) * group.size));
  return [
    finding("AS1343", ["pools", index, key], cluster, {
      problem: `replication ${replication} has groups of ${group.size} storage hosts, at most ${group.most} (${API}); the number of storage hosts cannot be`,
      given: count,
      allowed: counts,
    }),
  ];
}

function checkOsds(site: Site, storage: SettledStorage, cluster: ClusterSpec): Finding[] {
  const allowed = osdHosts(site, storage);
  const misplaced = PERSONALITIES.filter((it) => storage.osds[it] && !allowed.includes(it));
  const twice = PERSONALITIES.flatMap((personality) =>
    (storage.osds[personality] ?? []).flatMap((given, n, all) =>
      all.indexOf(given) < n
        ? [findingAt("AS1347", site, ["storage", "osds", personality, n], cluster, { given })]
        : [],
    ),
  );
  const isLacking = allowed.includes("storage") && storage.osds.storage === undefined;
  return [
    ...misplaced.map((given) =>
      findingAt("AS1342", site, ["storage", "osds", given], cluster, {
        key: true,
        problem: `backend ${storage.backend} of ${describeSite(site)} has no OSDs (${API}) on hosts of role`,
        given,
        allowed: allowed.length > 0 ? allowed : "none, without a backend",
      }),
    ),
    ...twice,
    ...(isLacking
      ? [
          findingAt("AS1346", site, ["storage", "osds", "storage"], cluster, {
            problem:
              "no storage host has an OSD, without which it is not unlocked (host API of starlingx/config)",
            hint: "list disks in storage.osds.storage",
          }),
        ]
      : []),
  ];
}

function checkMonitor(
  site: Site,
  { backend, osds, monitor }: SettledStorage,
  cluster: ClusterSpec,
): Finding[] {
  const at = ["storage", "monitor"];
  const workers = hostsWith(site, "worker").map(({ node }) => node);
  const takesOne = site.configuration.name === "standard-controller-storage" && backend === "ceph";
  const source = "monitor API of starlingx/config";
  if (!takesOne) {
    if (monitor === undefined) return [];
    const problem = `${describeSite(site)} with backend ${backend} places its monitors by itself (${source}); there can be no`;
    return [findingAt("AS1345", site, at, cluster, { problem, given: monitor })];
  }
  if (monitor === undefined) {
    if (osds.controller === undefined) return [];
    const problem = `controllers take OSDs only once a worker has the third monitor (${source})`;
    return [
      findingAt("AS1345", site, at, cluster, { problem, hint: "name a worker in storage.monitor" }),
    ];
  }
  if (workers.includes(monitor)) return [];
  const problem = `the third monitor is on a worker (${source}), not on`;
  return [findingAt("AS1345", site, at, cluster, { problem, given: monitor, allowed: workers })];
}
