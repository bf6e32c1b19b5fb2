/** What a cluster shares with its pools. */
import type { IResolvable } from "cdktf";
import type { MetalSpec, PlaybookFile, PoolSpec } from "../cluster";
import type { KernelVariantName } from "../core/names";
import type { ClusterImage } from "../images/cluster-image";
import type { BastionArguments } from "./bastion";
import type { UserDataContext } from "./deployment-definition";
import type { BoundSubstrate } from "./metal-substrate";

/** See the header. */
export interface NodePoolContext {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly clusterLabels: Readonly<Record<string, string>>;
  readonly image: ClusterImage;
  readonly kernel: KernelVariantName;
  readonly substrate: MetalSpec;
  readonly bound: BoundSubstrate;
  readonly sshKeyIds: IResolvable;
  readonly sshPort: number;
  readonly bastion: BastionArguments | undefined;
  /** What the deployment tells the machines of a pool. */
  userData(context: Omit<UserDataContext, "cluster">): string | undefined;
  /** Name of a resource in Terraform, by its part of the cluster. */
  resourceName(part: string): string;
  /** @throws UserFault with everything that is wrong with the pool by itself */
  check(pool: PoolSpec): void;
  /** @throws UserFault AS1211, AS1227 */
  readPlay(file: string): PlaybookFile;
}
