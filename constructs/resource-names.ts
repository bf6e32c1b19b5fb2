/** Names of resources in Terraform: what a person wrote where that is unique, else cdktf's own ids. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * What names of a cluster's resources begin with: its own name right below the stack, as a person
 * would write it; elsewhere cdktf's unique id, since two scopes may hold clusters of one name.
 */
export function clusterPrefix(cluster: Construct): string {
  const stack = TerraformStack.of(cluster);
  const isShort = cluster === stack || cluster.node.scope === stack;
  return isShort ? cluster.node.id : identifier(stack.getLogicalId(cluster.node));
}

/** Text as a name of Terraform, which starts with a letter or an underscore; what does not fit is left out. */
export function identifier(text: string): string {
  const fit = text.replace(/[^A-Za-z0-9_-]/g, "");
  return /^[A-Za-z_]/.test(fit) ? fit : `_${fit}`;
}
