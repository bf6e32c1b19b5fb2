/**
 * Names of a pool's nodes. They are stable: `workers-0`, `workers-1`, … by number, or the names
 * given; taking one away leaves the others as they are.
 */
import type { PoolSpec } from "./config";

/** Names of the nodes, in the order of the file. */
export function nodeNames({
  name,
  count,
  names,
}: Pick<PoolSpec, "name" | "count" | "names">): string[] {
  return names ? [...names] : Array.from({ length: count ?? 0 }, (_, n) => `${name}-${n}`);
}

/** Number of nodes. */
export function countNodes({ count, names }: Pick<PoolSpec, "count" | "names">): number {
  return names?.length ?? count ?? 0;
}
