/** The kinds of deployments that this package brings. A kind is a file of its own. */
import type { AnyDeploymentKind } from "./deployment-kind";
import { dockerKind } from "./deployments/docker";
import { etcdKind } from "./deployments/etcd";
import { k3sKind } from "./deployments/k3s";

/** See the header. */
export const DEPLOYMENT_KINDS: readonly [AnyDeploymentKind, ...AnyDeploymentKind[]] = [
  etcdKind,
  dockerKind,
  k3sKind,
];
