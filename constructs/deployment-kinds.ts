/** The kinds of deployments that this package brings. A kind is a file of its own. */
import type { AnyDeploymentKind } from "./deployment-kind";
import { dockerKind } from "./deployments/docker";
import { etcdKind } from "./deployments/etcd";

/** See the header. */
export const DEPLOYMENT_KINDS: readonly [AnyDeploymentKind, ...AnyDeploymentKind[]] = [
  etcdKind,
  dockerKind,
];
