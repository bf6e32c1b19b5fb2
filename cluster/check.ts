/** Every rule that a cluster must keep beside its schema, whether it comes from a file or from code. Pure. */
import type { Catalogue } from "./catalogue";
import type { ClusterSpec } from "./config";
import type { Finding } from "./finding";
import { checkDeployment, checkVariables } from "./rules/deployment";
import { checkContainerImages } from "./rules/container-images";
import { checkDevicePlans } from "./rules/device-plans";
import { checkMirrors } from "./rules/mirrors";
import { checkPools } from "./rules/pools";
import { checkTuning } from "./rules/tuning";

/** All findings, in no particular order. */
export function checkCluster(cluster: ClusterSpec, catalogue: Catalogue): Finding[] {
  return [
    ...checkPools(cluster, catalogue),
    ...checkDevicePlans(cluster),
    ...checkTuning(cluster, catalogue),
    ...checkDeployment(cluster, catalogue),
    ...checkMirrors(cluster, catalogue),
    ...checkContainerImages(cluster, catalogue),
    ...checkVariables(cluster),
  ];
}
