/** What a cluster is described by in code. */
import type { KernelVariantName } from "../core/names";
import type { ClusterImage } from "../images/cluster-image";
import type { AccessProps } from "./access";
import type { BootstrapProps } from "./bootstrap";
import type { Deployment } from "./deployment";
import type { MetalSubstrate } from "./metal-substrate";
import type { RegistryMirrors } from "./registry-mirrors";

/** Properties of an `ArmCluster`. */
export interface ArmClusterProps {
  /** Where devices come from. */
  readonly substrate: MetalSubstrate;
  /** What nodes boot, unless their pool says otherwise. @default - the newest Debian */
  readonly image?: ClusterImage;
  /** Kernel variant, unless a pool says otherwise. @default standard */
  readonly kernel?: KernelVariantName;
  /** How nodes are reached. @default - root, by ~/.ssh/id_ed25519 */
  readonly access?: AccessProps;
  /** What the nodes become together. @default - nothing: nodes with a name and mirrors */
  readonly deployment?: Deployment;
  /** Plays and variables of your own. @default - none */
  readonly bootstrap?: BootstrapProps;
  /** Mirrors of container registries. @default - none; `mirrors.add()` adds some */
  readonly mirrors?: RegistryMirrors;
  /** Free labels, carried by every node. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}
