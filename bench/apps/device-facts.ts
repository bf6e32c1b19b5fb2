/** What every scenario says of its devices, so that all stacks carry the same. */
import path from "node:path";

/** Name of every stack of the bench. */
export const STACK = "bench";
/** Of every device. */
export const DEVICE = {
  plan: "c3.large.arm64",
  metro: "da",
  operatingSystem: "debian_13",
} as const;
/** Of every device, as a cluster's pool has them. */
export const TAGS = ["cluster:bench", "kernel:standard", "pool:nodes", "role:worker"];

/** Names as a pool gives them. */
export function deviceNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `nodes-${at}`);
}

/** State of a stack, relative to its folder: where `ClusterStack` keeps it too. */
export const STATE_PATH = path.posix.join("..", "..", "..", `terraform.${STACK}.tfstate`);
