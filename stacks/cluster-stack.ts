/** A stack with one cluster, its state beside the cluster file's repository, and outputs for people and scripts. */
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../cluster";
import { ArmCluster } from "../constructs";

/** See the header. */
export class ClusterStack extends TerraformStack {
  /** The cluster. */
  readonly cluster: ArmCluster;

  /**
   * @param scope - the app
   * @param id - the stack's name, also its folder's and the cluster's
   * @param config - a loaded cluster file
   */
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    // Relative to the stack's folder: the synthesized JSON names no machine, and cdktf, which
    // removes folders of stacks that are gone, never takes the state with them.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    this.cluster = ArmCluster.fromConfig(this, id, config);
    new TerraformOutput(this, "endpoint", { value: this.cluster.endpoint, staticId: true });
    new TerraformOutput(this, "nodes", { value: this.cluster.nodes, staticId: true });
  }
}
