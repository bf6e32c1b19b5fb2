/** `coreos`: etcd members and proxies, docker, flannel and units, as a CoreOS cluster has them. */
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { checkMembers } from "../etcd";
import { COREOS_FAMILIES, FAMILY_TRAITS, isCoreosFamily } from "./families";
import { coreosOptions, tryReadOptions } from "./options";
import type { CoreosContext } from "./rules/context";
import { checkFlannel } from "./rules/flannel";
import { checkImage, checkOneFamily } from "./rules/image";
import { checkEtcd } from "./rules/membership";
import { checkUnits } from "./rules/units";

/** Roles of a coreos deployment. */
export const COREOS_ROLES = ["etcd-member", "etcd-proxy", "worker"] as const;

/** See the header. */
export const coreosRules: DeploymentRules = {
  kind: "coreos",
  doc: "A CoreOS cluster: a quorum of etcd members, everything else with a way to them, docker, flannel and units of your own. On debian plays set it up, flatcar reads Ignition, coreos reads a cloud-config",
  roles: COREOS_ROLES,
  families: COREOS_FAMILIES,
  options: coreosOptions,
  check(cluster) {
    const context = contextOf(cluster);
    return [
      ...checkMembers(cluster),
      ...checkOneFamily(cluster),
      ...(context === undefined
        ? []
        : [
            ...checkEtcd(context),
            ...checkFlannel(context),
            ...checkUnits(context),
            ...checkImage(context),
          ]),
    ];
  },
};

/** What the rules look at; undefined when the image or the keys are none of this kind's. */
export function contextOf(cluster: ClusterSpec): CoreosContext | undefined {
  const options = tryReadOptions(cluster.deployment ?? {});
  const [pool] = cluster.pools;
  const { family } = pool?.image ?? cluster.image;
  if (options === undefined || !isCoreosFamily(family)) return undefined;
  return { cluster, options, family, traits: FAMILY_TRAITS[family] };
}
