/** Rules that k3s and kubeadm share: control planes with etcd, and tokens. Pure. */
import type { ClusterSpec } from "../../config";
import { finding, type Finding } from "../../finding";
import { countNodes } from "../../pool-nodes";

/** More members slow writes down, as every write waits for a majority. */
const MOST_MEMBERS = 7;

/** One control plane at least, and a number of them that etcd gains from. */
export function checkControlPlane(cluster: ClusterSpec): Finding[] {
  const index = cluster.pools.findIndex(({ role }) => role === "control-plane");
  const count = cluster.pools
    .filter(({ role }) => role === "control-plane")
    .reduce((sum, pool) => sum + countNodes(pool), 0);
  if (count === 0) {
    return [
      finding("AS1217", ["pools"], cluster, {
        problem: "no pool has the role control-plane",
        hint: "add a pool of 1, 3, 5 or 7 control-plane nodes",
      }),
    ];
  }
  if (count % 2 === 0) {
    return [
      finding("AS1250", ["pools", index, "role"], cluster, {
        problem: `${count} control-plane nodes in all; they survive the loss of ${count / 2 - 1}, as ${count - 1} would`,
        hint: "use 1, 3, 5 or 7",
      }),
    ];
  }
  if (count <= MOST_MEMBERS) return [];
  return [
    finding("AS1218", ["pools", index, "role"], cluster, {
      severity: "warning",
      problem: `${count} control-plane nodes in all; each write waits for a majority of them`,
      hint: "use 1, 3, 5 or 7",
    }),
  ];
}

/** The named option is a variable of `bootstrap.secretVars`. */
export function checkSecret(cluster: ClusterSpec, option: string): Finding[] {
  const given = cluster.deployment?.[option];
  const { secretVars } = cluster.bootstrap;
  if (typeof given !== "string" || secretVars.includes(given)) return [];
  return [
    finding("AS1254", ["deployment", option], cluster, {
      problem: `${option} names no variable of bootstrap.secretVars:`,
      given,
      ...(secretVars.length > 0 ? { allowed: secretVars } : {}),
    }),
  ];
}
