/**
 * What the roles of a cluster become together. A deployment is data: rules, the plays that it runs,
 * their variables, and where the result answers. Other packages make their own with the constructor.
 */
import type { DeploymentRules } from "../cluster";
import { etcdDefinition, type EtcdDeploymentProps } from "./deployments/etcd";
import type { DeploymentPlay } from "./deployment-play";
import type { NodeSelection } from "./node-selection";

/** What a deployment is made of. */
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

/** See the header. */
export class Deployment {
  /** @param definition - what it is made of */
  constructor(readonly definition: DeploymentDefinition) {}

  /** A quorum of etcd: members keep the data, workers and proxies get a gateway to it. */
  static etcd(props: EtcdDeploymentProps = {}): Deployment {
    return new Deployment(etcdDefinition(props));
  }
}
