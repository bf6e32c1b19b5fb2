/**
 * A stack with one cluster, and outputs for people and scripts. Its state is kept beside the cluster
 * file's repository, unless the stack is given another backend.
 */
import { LocalBackend, TerraformBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../cluster";
import { type AnyDeploymentKind, ArmCluster } from "../constructs";

/** See the header. */
export class ClusterStack extends TerraformStack {
  /** The cluster. */
  readonly cluster: ArmCluster;

  /**
   * @param scope - the app
   * @param id - the stack's name, also its folder's and the cluster's
   * @param config - a loaded cluster file
   * @param kinds - kinds of deployments beside those of this package
   */
  constructor(
    scope: Construct,
    id: string,
    config: ClusterConfig,
    kinds: readonly AnyDeploymentKind[] = [],
  ) {
    super(scope, id);
    this.cluster = ArmCluster.fromConfig(this, id, config, kinds);
    new TerraformOutput(this, "endpoint", { value: this.cluster.endpoint, staticId: true });
    new TerraformOutput(this, "nodes", { value: this.cluster.nodes, staticId: true });
  }

  /** The backend that was added to this stack, such as `PgBackend`; else a file. Asked by synth. */
  override ensureBackendExists(): TerraformBackend {
    const given = this.node.children.find((it) => TerraformBackend.isBackend(it));
    // Relative to the stack's folder: the synthesized JSON names no machine, and cdktf, which
    // removes folders of stacks that are gone, never takes the state with them.
    const file = `../../../terraform.${this.node.id}.tfstate`;
    return given ?? new LocalBackend(this, { path: file });
  }
}
