/**
 * `etcd`: members keep the data, every other node gets a gateway to them. Where the binaries come
 * from is the site's choice; a checksum is required, so that a mirror cannot slip in another.
 */
import type { z } from "zod";
import { LAB_ENDPOINT, LAB_HOST_NAME, LAB_NODE_PORT } from "../../core/lab-defaults";
import type { DeploymentRules } from "../catalogue";
import type { ClusterSpec } from "../config";
import { finding, type Finding } from "../finding";
import { countNodes } from "../pool-nodes";
import { pattern } from "../schema-values";
import { artifact } from "./artifact";

const artifacts = artifact("Archive (.tar or .tar.gz) with etcd and etcdctl at its top").describe(
  "Where nodes get etcd from; default: the lab's own, which only the lab has",
);

/** Keys of an etcd deployment. */
export const etcdOptions = {
  artifacts: artifacts.optional(),
  version: pattern(/^v?\d+\.\d+\.\d+$/, "a version such as 3.5.16")
    .optional()
    .describe("Version that the binaries must report; not checked when left out"),
};

/** An etcd deployment's keys as values. */
export type EtcdOptions = z.output<z.ZodObject<typeof etcdOptions>>;

/** The lab makes the binaries out of Debian's packages and serves them itself. */
export const LAB_ARTIFACTS = {
  url: `http://${LAB_HOST_NAME}:${LAB_NODE_PORT}/artifacts/etcd-linux-{{ ansible_architecture }}.tar`,
  checksum: `sha256:http://${LAB_HOST_NAME}:${LAB_NODE_PORT}/artifacts/SHA256SUMS`,
} as const;

/** More members slow writes down, as every write waits for a majority. */
const MOST_MEMBERS = 7;

/** The rules of etcd. */
export const etcdRules: DeploymentRules = {
  kind: "etcd",
  doc: "A quorum of etcd members; workers and proxies get a gateway to it. Take fewer than half of the members away at a time: devices go before the others can vote",
  roles: ["etcd-member", "etcd-proxy", "worker"],
  options: etcdOptions,
  check: (cluster) => [...checkMembers(cluster), ...checkArtifacts(cluster)],
};

/** A quorum is an odd number of members, and a small one. */
export function checkMembers(cluster: ClusterSpec): Finding[] {
  const members = cluster.pools.filter(({ role }) => role === "etcd-member");
  const count = members.reduce((sum, pool) => sum + countNodes(pool), 0);
  if (count === 0) {
    return [
      finding("AS1217", ["pools"], cluster, {
        problem: "no pool has the role etcd-member",
        hint: "add a pool of 1, 3, 5 or 7 etcd members",
      }),
    ];
  }
  if (count % 2 === 1 && count <= MOST_MEMBERS) return [];
  const index = cluster.pools.findIndex(({ role }) => role === "etcd-member");
  return [
    finding("AS1218", ["pools", index, "role"], cluster, {
      severity: "warning",
      problem: `${count} etcd members in all; ${describeQuorum(count)}`,
      hint: "use 1, 3, 5 or 7",
    }),
  ];
}

function checkArtifacts(cluster: ClusterSpec): Finding[] {
  const inLab = cluster.substrate.metal.endpoint === LAB_ENDPOINT;
  if (inLab || cluster.deployment?.artifacts !== undefined) return [];
  return [
    finding("AS1204", ["deployment", "artifacts"], cluster, {
      problem: 'key "artifacts" is missing; only the lab brings its own',
    }),
  ];
}

function describeQuorum(count: number): string {
  if (count > MOST_MEMBERS) return "each write waits for a majority of them";
  const lost = Math.ceil(count / 2) - 1;
  return `they survive the loss of ${lost}, as ${count - 1} would`;
}
