/** Caas clusters as loaded cluster files have them. */
import type { ClusterSpec } from "../../../../cluster";
import { described } from "../coreos/described";

const POOLS = [
  { name: "members", role: "etcd-member", count: 3 },
  { name: "planes", role: "control-plane", count: 1 },
  { name: "workers", role: "worker", count: 1 },
];

/** What a case changes. */
export interface CaasChanges {
  readonly stores?: object;
  readonly checksum?: string;
  readonly [key: string]: unknown;
}

/** A cluster with a caas deployment. */
export function caasCluster(
  { stores, checksum = `sha256:${"c".repeat(64)}`, ...keys }: CaasChanges = {},
  pools: readonly object[] = POOLS,
): ClusterSpec {
  return {
    ...described({ family: "flatcar", pools }),
    deployment: {
      kind: "caas",
      server: "http://172.20.0.250:5000",
      client: { url: "https://f.example/discovery-{{ ansible_architecture }}", checksum },
      etcd: {
        artifacts: { url: "https://f.example/etcd.tar", checksum },
        ...(stores === undefined ? {} : { stores }),
      },
      ...keys,
    },
  };
}
