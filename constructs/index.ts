/** The public file of the package: what a program describes clusters with. */
export { type AccessProps } from "./access";
export { type BastionProps } from "./bastion";
export { ArmCluster } from "./arm-cluster";
export { type ArmClusterProps } from "./arm-cluster-props";
export { Bootstrap, type BootstrapProps } from "./bootstrap";
export { Deployment } from "./deployment";
export {
  type DeploymentDefinition,
  type OfCluster,
  type UserDataContext,
} from "./deployment-definition";
export { type AnyDeploymentKind, type DeploymentKind } from "./deployment-kind";
export { deploymentFinding } from "./deployment-finding";
export { type DeploymentPlay, deploymentPlay } from "./deployment-play";
export { caasBootPlan, type CaasDeploymentProps } from "./deployments/caas";
export { type CoreosDeploymentProps } from "./deployments/coreos";
export { type DockerDeploymentProps } from "./deployments/docker";
export { type EtcdDeploymentProps } from "./deployments/etcd";
export { type K3sDeploymentProps } from "./deployments/k3s";
export { type LinuxkitDeploymentProps } from "./deployments/linuxkit";
export { type KubeadmArtifact, type KubeadmDeploymentProps } from "./deployments/kubeadm";
export {
  type StarlingxDeploymentProps,
  type StarlingxDistributedCloudProps,
  type StarlingxSiteProps,
  type StarlingxSubcloudProps,
} from "./deployments/starlingx";
export { ArmsteadProvider, type ArmsteadProviderConfig } from "./l1/provider";
export { MetalSubstrate, type MetalSubstrateProps } from "./metal-substrate";
export { NodePool, type NodePoolProps } from "./node-pool";
export { type NodeSelection } from "./node-selection";
export { type MirrorEndpointProps, type MirrorSettings, RegistryMirrors } from "./registry-mirrors";
export { type HugePages, type HugePageSize, type KernelTuning } from "../cluster/tuning";
export { KernelVariant, NodeRole } from "./words";
export { ClusterImage, type DebianImageOptions, type ImageOptions } from "../images/cluster-image";
