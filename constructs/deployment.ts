/**
 * What the roles of a cluster become together. A deployment is data: rules, the plays that it runs,
 * their variables, and where the result answers. Other packages make their own with the constructor.
 */
import type { DeploymentDefinition } from "./deployment-definition";
import { etcdDefinition, type EtcdDeploymentProps } from "./deployments/etcd";

/** See the header. */
export class Deployment {
  /** @param definition - what it is made of */
  constructor(readonly definition: DeploymentDefinition) {}

  /** A quorum of etcd: members keep the data, workers and proxies get a gateway to it. */
  static etcd(props: EtcdDeploymentProps = {}): Deployment {
    return new Deployment(etcdDefinition(props));
  }
}
