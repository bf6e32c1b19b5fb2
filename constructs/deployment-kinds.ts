/** The kinds of deployments that this package brings. A kind is a file of its own. */
import type { DeploymentKind } from "./deployment-kind";
import { etcdKind } from "./deployments/etcd";

/** See the header. */
export const DEPLOYMENT_KINDS: readonly [DeploymentKind, ...DeploymentKind[]] = [etcdKind];
