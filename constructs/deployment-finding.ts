/** What a rule of another package's deployment finds. Pure. */
import type { ClusterSpec } from "../cluster";
import { finding, type Finding, type ValuePath } from "../cluster/finding";
import type { FaultParts } from "../core/faults";

/**
 * Makes a finding for `DeploymentRules.check`. Who loads a file adds line and column.
 * @param at - keys and indexes from the root of the file: `["pools", 1, "role"]`
 * @param cluster - what the rule was given
 * @param parts - what is wrong, in one clause; what was given, what is allowed, what to change
 */
export function deploymentFinding(
  at: ValuePath,
  cluster: ClusterSpec,
  parts: FaultParts & { readonly problem: string; readonly severity?: "error" | "warning" },
): Finding {
  return finding("AS1235", at, cluster, parts);
}
