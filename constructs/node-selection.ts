/** Nodes of a cluster as Terraform expressions: addresses are known after apply only. */
import type { NodeRoleName } from "../core/names";

/** See the header. */
export interface NodeSelection {
  /**
   * An expression for a list, sorted by node name, over the nodes of the given roles.
   * @param roles - none selects every node
   * @param item - expression of one item: `device` is the device, `name` the node's name
   */
  map(roles: readonly NodeRoleName[], item: string): string;
}
