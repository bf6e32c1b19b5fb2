/** The kinds of deployments that this package brings. A kind is a file of its own. */
import type { AnyDeploymentKind } from "./deployment-kind";
import { caasKind } from "./deployments/caas";
import { coreosKind } from "./deployments/coreos";
import { dockerKind } from "./deployments/docker";
import { etcdKind } from "./deployments/etcd";
import { k3sKind } from "./deployments/k3s";
import { kubeadmKind } from "./deployments/kubeadm";
import { linuxkitKind } from "./deployments/linuxkit";
import { starlingxKinds } from "./deployments/starlingx";

/** See the header. */
export const DEPLOYMENT_KINDS: readonly [AnyDeploymentKind, ...AnyDeploymentKind[]] = [
  etcdKind,
  dockerKind,
  k3sKind,
  kubeadmKind,
  linuxkitKind,
  coreosKind,
  caasKind,
  ...starlingxKinds,
];
