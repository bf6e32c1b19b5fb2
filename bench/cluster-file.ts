/** Cluster files of the bench. */
import { writeFileSync } from "node:fs";
import { DEVICE, STACK } from "./apps/device-facts";

/** What a cluster file of the bench says of its own. */
export interface ClusterFileParts {
  readonly publicKeyFile: string;
  readonly pools: readonly Readonly<Record<string, unknown>>[];
  readonly bootstrap?: Readonly<Record<string, unknown>>;
}

/** Writes one, for workers in the lab. YAML holds JSON. */
export function writeClusterFile(
  file: string,
  { publicKeyFile, pools, bootstrap = {} }: ClusterFileParts,
): void {
  const { plan, metro } = DEVICE;
  const cluster = {
    apiVersion: "armstead/v1",
    kind: "Cluster",
    metadata: { name: STACK },
    substrate: { metal: { endpoint: "lab", project: STACK, metro, capacity: [plan] } },
    access: { sshKeys: [publicKeyFile] },
    image: { family: "debian", release: "13" },
    pools: pools.map((it) => ({ role: "worker", ...it })),
    bootstrap,
  };
  writeFileSync(file, JSON.stringify(cluster));
}
