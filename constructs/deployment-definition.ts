/** What a deployment is made of, as data. */
import type { DeploymentRules } from "../cluster";
import type { DeploymentPlay } from "./deployment-play";
import type { NodeSelection } from "./node-selection";

/** See the header. */
export interface DeploymentDefinition {
  /** Roles that it knows, and what must hold. */
  readonly rules: DeploymentRules;
  /** Its keys beside `kind`, as a cluster file would have them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Playbooks, run in this order. */
  readonly plays: readonly DeploymentPlay[];
  /** Variables of every node. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** Terraform expression of where clients reach the result. */
  endpoint(nodes: NodeSelection): string;
}
