/**
 * The six kinds of StarlingX. One description of a site is judged by all rules; a distributed cloud is several sites and
 * the rules between them. Facts come from StarlingX' guides, its bootstrap playbook and its inventory service; each
 * message names the one that it follows.
 */
import type { z } from "zod";
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import type { Finding } from "../../finding";
import type { ArmOffer } from "./arm-offer";
import { CONFIGURATIONS, PERSONALITIES } from "./configurations";
import { DISTRIBUTED_CLOUD, kindOf, STARLINGX_NAMES, type StarlingxName } from "./kinds";
import { DISTRIBUTED_CLOUD_OPTIONS } from "./options/distributed-cloud";
import { SITE_OPTIONS } from "./options/site";
import { checkAddresses } from "./rules/addresses";
import { checkAdmin, checkDistributedCloud } from "./rules/distributed-cloud";
import { checkFamilies } from "./rules/address-families";
import { checkCounts, checkHostnames, checkHostSettings, checkKernels } from "./rules/hosts";
import { checkInterfaces } from "./rules/interfaces";
import { checkFurtherHosts, checkVerified } from "./rules/metal";
import { checkSubnets } from "./rules/networks";
import { checkOverrides } from "./rules/overrides";
import { checkRanges } from "./rules/ranges";
import {
  checkAdditionalImages,
  checkCertificates,
  checkProxy,
  checkRegistries,
  checkSecrets,
} from "./rules/registries";
import { checkDynamic, checkServers, checkTimezone } from "./rules/servers";
import type { SiteRule } from "./rules/site-finding";
import { checkStorage } from "./rules/storage";
import {
  checkArmImages,
  checkArmLimits,
  checkBoot,
  checkDrivers,
  checkLayer2,
  checkSystemMode,
} from "./rules/system";
import { checkHostTuning } from "./rules/tuning";
import { sitesOf } from "./site";

/** Family of images that StarlingX is. */
export const STARLINGX_FAMILY = "starlingx";

const SITE_RULES: readonly SiteRule[] = [
  checkSystemMode,
  checkLayer2,
  checkFurtherHosts,
  checkBoot,
  checkCounts,
  checkHostnames,
  checkKernels,
  checkHostSettings,
  checkHostTuning,
  checkSubnets,
  checkRanges,
  checkAddresses,
  checkFamilies,
  checkServers,
  checkTimezone,
  checkDynamic,
  checkInterfaces,
  checkAdmin,
  checkStorage,
  checkCertificates,
  checkRegistries,
  checkAdditionalImages,
  checkProxy,
  checkSecrets,
  checkOverrides,
];

/** The kinds, in the order of their size. */
export function starlingxRules(offer: ArmOffer): DeploymentRules[] {
  return STARLINGX_NAMES.map((name) => ({
    kind: kindOf(name),
    doc: docOf(name),
    roles: rolesOf(name),
    families: [STARLINGX_FAMILY],
    // Containerd of the platform is told by the bootstrap alone.
    runtime: "starlingx" as const,
    otherRuntimes: [],
    namesHosts: true,
    tunesKernels: true,
    options: optionsOf(name),
    check: (cluster) => checkStarlingx(cluster, offer),
    containerImages: () => offer.containerImages,
  }));
}

/** Everything that is wrong with a StarlingX of any kind. */
export function checkStarlingx(cluster: ClusterSpec, offer: ArmOffer): Finding[] {
  const sites = sitesOf(cluster);
  const rules = [
    ...SITE_RULES,
    ...[checkArmLimits, checkDrivers, checkArmImages, checkVerified].map((it) => it(offer)),
  ];
  return [
    ...sites.flatMap((site) => rules.flatMap((rule) => rule(site, cluster))),
    ...checkDistributedCloud(sites, cluster),
  ];
}

/** Keys of a kind beside `kind`. */
export function optionsOf(name: StarlingxName): z.ZodRawShape {
  return name === DISTRIBUTED_CLOUD ? DISTRIBUTED_CLOUD_OPTIONS : SITE_OPTIONS;
}

/** A standard system has storage hosts only with dedicated storage; a distributed cloud may have any. */
function rolesOf(name: StarlingxName): readonly (typeof PERSONALITIES)[number][] {
  if (name === DISTRIBUTED_CLOUD) return PERSONALITIES;
  const { hosts } = CONFIGURATIONS[name];
  return PERSONALITIES.filter((it) => hosts[it].max > 0);
}

function docOf(name: StarlingxName): string {
  return name === DISTRIBUTED_CLOUD
    ? "StarlingX, distributed cloud: a central site that manages subclouds"
    : `StarlingX, ${CONFIGURATIONS[name].title}`;
}
