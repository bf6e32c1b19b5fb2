/** What the rules of a coreos deployment look at. */
import type { ClusterSpec } from "../../../config";
import { type Finding, type FindingParts, finding } from "../../../finding";
import type { Code } from "../../../../core/faults";
import { nodeNames } from "../../../pool-nodes";
import { type CoreosFamily, etcdLine, type FamilyTraits } from "../families";
import type { CoreosOptions } from "../options";

/** See the header. */
export interface CoreosContext {
  readonly cluster: ClusterSpec;
  readonly options: CoreosOptions;
  readonly family: CoreosFamily;
  readonly traits: FamilyTraits;
}

/** A finding about a key of the deployment. */
export function inDeployment(
  { cluster }: Pick<CoreosContext, "cluster">,
  code: Code,
  at: readonly (string | number)[],
  parts: FindingParts,
): Finding {
  return finding(code, ["deployment", ...at], cluster, parts);
}

/** Names of the nodes with a role, in the order of the file. */
export function namesOf(cluster: ClusterSpec, role: string): string[] {
  return cluster.pools.filter((it) => it.role === role).flatMap(nodeNames);
}

/** The line of etcd that the nodes run. */
export function lineOf({ options, traits }: Pick<CoreosContext, "options" | "traits">): string {
  const { version } = options.etcd;
  return version === undefined ? traits.etcdLines[0] : etcdLine(version);
}
