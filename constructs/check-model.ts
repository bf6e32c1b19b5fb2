/** The rules of cluster files, applied to clusters that code describes. Pure. */
import type { Catalogue, ClusterSpec, PoolSpec } from "../cluster";
import { checkCluster } from "../cluster/check";
import { findingsOf } from "../cluster/issues";
import { clusterSchema } from "../cluster/schema";
import type { Finding } from "../cluster/finding";
import type { Fault } from "../core/faults";
import { CATALOGUE } from "./catalogue";
import type { Deployment } from "./deployment";

/** Everything that is found in a cluster, by schema or rule. */
export function checkModel(spec: ClusterSpec, deployment: Deployment | undefined): Finding[] {
  const catalogue: Catalogue = deployment
    ? { ...CATALOGUE, deployments: [deployment.definition.rules] }
    : CATALOGUE;
  const schema = clusterSchema(catalogue);
  const parsed = schema.safeParse(withoutEmpty(spec));
  if (!parsed.success) return findingsOf(parsed.error.issues, schema, spec);
  return checkCluster(spec, catalogue);
}

/** What is wrong with one pool by itself. */
export function checkPool(spec: ClusterSpec, pool: PoolSpec): Fault[] {
  const { deployment: _, ...rest } = spec;
  return checkModel({ ...rest, pools: [pool] }, undefined)
    .filter(({ at, severity }) => at[0] === "pools" && severity !== "warning")
    .map(({ fault }) => fault);
}

/** An empty list of plans is written by leaving it out. */
function withoutEmpty(spec: ClusterSpec): unknown {
  const { capacity, ...metal } = spec.substrate.metal;
  return { ...spec, substrate: { metal: capacity.length > 0 ? { ...metal, capacity } : metal } };
}
