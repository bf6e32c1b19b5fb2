/** The rules of cluster files, applied to clusters that code describes. Pure. */
import type { Catalogue, ClusterSpec, PoolSpec } from "../cluster";
import { checkCluster } from "../cluster/check";
import { findingsOf } from "../cluster/issues";
import { checkPools, type PoolsOfCluster } from "../cluster/rules/pools";
import { clusterSchema } from "../cluster/schema";
import type { Finding, ValuePath } from "../cluster/finding";
import type { Fault } from "../core/faults";
import { CATALOGUE } from "./catalogue";
import type { Deployment } from "./deployment";
import { isOpen, tokensIn, unknownAt, withoutTokens } from "./known";

type Schema = Parameters<typeof findingsOf>[1];

/** The pools' part of the schema, made once a catalogue: there may be many pools. */
const poolSchemas = new WeakMap<Catalogue, Schema>();

/** What a cluster with a deployment may be made of: kinds that only code knows included. */
export function catalogueFor(deployment: Deployment | undefined): Catalogue {
  return deployment ? { ...CATALOGUE, deployments: [deployment.definition.rules] } : CATALOGUE;
}

/** Everything that is found in a cluster, by schema or rule. */
export function checkModel(spec: ClusterSpec, deployment: Deployment | undefined): Finding[] {
  const catalogue = catalogueFor(deployment);
  const wrong = checkShape(clusterSchema(catalogue), asWritten(spec), spec);
  return wrong.length > 0 ? wrong : checkCluster(spec, catalogue);
}

/** What is wrong with one pool by itself. */
export function checkPool(
  cluster: Omit<PoolsOfCluster, "pools">,
  pool: PoolSpec,
  catalogue: Catalogue,
): Fault[] {
  const root = { pools: [pool] };
  const wrong = checkShape(poolSchema(catalogue), root, root);
  const findings = wrong.length > 0 ? wrong : checkPools({ ...cluster, pools: [pool] }, catalogue);
  return findings
    .filter(({ at, severity }) => at[0] === "pools" && severity !== "warning")
    .map(({ fault }) => fault);
}

function poolSchema(catalogue: Catalogue): Schema {
  const made = poolSchemas.get(catalogue) ?? clusterSchema(catalogue).pick({ pools: true });
  poolSchemas.set(catalogue, made);
  return made;
}

/** What the schema finds, less what it says of tokens, and tokens where none may be. */
function checkShape(schema: Schema, written: unknown, root: unknown): Finding[] {
  const tokens = tokensIn(root);
  const isBelowToken = (at: readonly PropertyKey[]): boolean =>
    tokens.some((token) => token.every((key, n) => at[n] === key));
  const { error } = schema.safeParse(written);
  const issues = (error?.issues ?? []).filter(({ path }) => !isBelowToken(path));
  const refused = tokens.filter((at: ValuePath) => !isOpen(at));
  return [...findingsOf(issues, schema, root), ...refused.map((at) => unknownAt(at, root))];
}

/** As a file would have it: no empty list of plans, and nothing that only Terraform knows in variables. */
function asWritten(spec: ClusterSpec): unknown {
  const { capacity, ...metal } = spec.substrate.metal;
  return {
    ...spec,
    substrate: { metal: capacity.length > 0 ? { ...metal, capacity } : metal },
    bootstrap: { ...spec.bootstrap, vars: withoutTokens(spec.bootstrap.vars) },
  };
}
