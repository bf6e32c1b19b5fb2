/** Random StarlingX clusters that keep all rules, for laws that hold of every one. */
import fc from "fast-check";
import type { ClusterSpec, PoolSpec } from "../../../../cluster";
import {
  CONFIGURATION_NAMES,
  type ConfigurationName,
  CONFIGURATIONS,
  hasWorkerSubfunction,
  type Personality,
} from "../../../../cluster/deployments/starlingx/configurations";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";

interface Choice {
  readonly name: ConfigurationName;
  readonly workers: number;
  readonly groups: number;
  readonly replication: 2 | 3;
  readonly realtime: boolean;
  readonly isToldBefore: boolean;
  readonly backend: "none" | "ceph" | "ceph-rook";
  readonly disks: number;
  readonly ownPort: boolean;
  readonly labelled: boolean;
  readonly tuned: boolean;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  name: fc.constantFrom(...CONFIGURATION_NAMES),
  workers: fc.integer({ min: 2, max: 6 }),
  groups: fc.integer({ min: 1, max: 3 }),
  replication: fc.constantFrom(2 as const, 3 as const),
  realtime: fc.boolean(),
  isToldBefore: fc.boolean(),
  backend: fc.constantFrom("none" as const, "ceph" as const, "ceph-rook" as const),
  disks: fc.integer({ min: 1, max: 3 }),
  ownPort: fc.boolean(),
  labelled: fc.boolean(),
  tuned: fc.boolean(),
});

/** See the header. */
export const randomCluster: fc.Arbitrary<ClusterSpec> = choice.map(makeCluster);

function makeCluster(it: Choice): ClusterSpec {
  const cluster = validCluster(it.name);
  const pools = poolsOf(it);
  const names = pools.flatMap(({ name, count = 0 }) =>
    Array.from({ length: count }, (_, n) => `${name}-${n}`),
  );
  const { kind = "", ...own } = cluster.deployment ?? {};
  const deployment = {
    kind,
    ...own,
    enrol: it.isToldBefore ? "pre-add" : "discover",
    hosts: Object.fromEntries(names.map((name, n) => [name, { mac: macOf(n) }])),
    storage: storageOf(it),
    ...(it.name !== "aio-sx" && it.ownPort ? { interfaces: { controller: OWN_PORT } } : {}),
    ...(it.labelled || it.tuned ? { labels: { controller: POLICY, worker: POLICY } } : {}),
    ...(it.labelled ? { dockerFsSize: 60 } : {}),
  };
  return { ...cluster, pools, deployment };
}

const POLICY = { "kube-cpu-mgr-policy": "static" };
const TUNING = { isolatedCpus: "2-9", hugePages: [{ size: "1G" as const, count: 8 }] };

const OWN_PORT = [
  { port: "enp1s0", networks: ["oam"] },
  { port: "enp2s0", networks: ["mgmt"] },
  { port: "enp3s0", networks: ["cluster-host"] },
];

function poolsOf(it: Choice): PoolSpec[] {
  const configuration = CONFIGURATIONS[it.name];
  const counts: Record<Personality, number> = {
    controller: configuration.hosts.controller.min,
    storage: configuration.hosts.storage.max > 0 ? it.groups * it.replication : 0,
    worker: configuration.hosts.worker.max > 0 ? it.workers : 0,
  };
  return (["worker", "controller", "storage"] as const)
    .filter((role) => counts[role] > 0)
    .map((role) => ({
      name: role,
      role,
      count: counts[role],
      labels: {},
      kernel: it.realtime && hasWorkerSubfunction(configuration, role) ? "realtime" : "standard",
      ...(it.tuned && hasWorkerSubfunction(configuration, role) ? { tuning: TUNING } : {}),
    }));
}

function storageOf({ name, backend, disks, replication }: Choice): object {
  const devices = Array.from({ length: disks }, (_, n) => `/dev/nvme${n + 1}n1`);
  if (name === "standard-dedicated-storage") {
    return { backend: "ceph", replication, osds: { storage: devices } };
  }
  if (backend === "none") return { backend };
  const monitor =
    backend === "ceph" && name === "standard-controller-storage" ? { monitor: "worker-0" } : {};
  return { backend, osds: { controller: devices }, ...monitor };
}

function macOf(n: number): string {
  return `52:54:00:00:00:${(n + 16).toString(16)}`;
}
