/** What a deployment is made of, as data. */
import type { ClusterSpec, DeploymentRules, ImageSpec, PoolSpec } from "../cluster";
import type { DeploymentPlay } from "./deployment-play";
import type { NodeSelection } from "./node-selection";

/** The same for every cluster, or made of what a cluster is. */
export type OfCluster<T> = T | ((cluster: ClusterSpec) => T);

/** What user data is made of. */
export interface UserDataContext {
  readonly cluster: ClusterSpec;
  readonly pool: PoolSpec;
  /** What the pool's nodes boot. */
  readonly image: ImageSpec;
  /** Stands for the node's name, which may be anywhere in the text. */
  readonly nodeName: string;
}

/** See the header. */
export interface DeploymentDefinition {
  /** Roles that it knows, and what must hold. */
  readonly rules: DeploymentRules;
  /** Its keys beside `kind`, as a cluster file would have them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Playbooks, run in this order. @default - none */
  readonly plays?: OfCluster<readonly DeploymentPlay[]>;
  /** Variables of every node. @default - none */
  readonly vars?: OfCluster<Readonly<Record<string, unknown>>>;
  /** Files beside the stack's Terraform JSON, by path below `armstead/<cluster>/`. @default - none */
  readonly synthesized?: OfCluster<Readonly<Record<string, string>>>;
  /** Keys of dockerd's daemon.json beside those of mirrors. @default - none */
  readonly daemonOptions?: Readonly<Record<string, unknown>>;
  /**
   * What the nodes of a pool are told when they first boot: Ignition, cloud-config, a script.
   * @default - nothing
   */
  userData?(context: UserDataContext): string | undefined;
  /** Terraform expression of where clients reach the result. @default - addresses of all nodes */
  endpoint?(nodes: NodeSelection): string;
}

/** A part of a definition, for a cluster. */
export function ofCluster<T>(part: OfCluster<T>, describe: () => ClusterSpec): T {
  return part instanceof Function ? part(describe()) : part;
}
