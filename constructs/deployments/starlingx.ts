/** StarlingX in its six configurations: the shipped play, and what it is told of the cluster. Pure. */
import type { DeploymentRules } from "../../cluster";
import type { ConfigurationName } from "../../cluster/deployments/starlingx/configurations";
import {
  type DISTRIBUTED_CLOUD,
  kindOf,
  STARLINGX_NAMES,
  type StarlingxName,
} from "../../cluster/deployments/starlingx/kinds";
import { partsOf } from "../../cluster/deployments/starlingx/networks";
import type {
  DistributedCloudOptions,
  SubcloudOptions,
} from "../../cluster/deployments/starlingx/options/distributed-cloud";
import type { SiteOptions } from "../../cluster/deployments/starlingx/options/site";
import { starlingxRules } from "../../cluster/deployments/starlingx/rules";
import { Bug } from "../../core/faults";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { quote } from "../expression";
import { shippedPlay } from "../shipped-play";
import { ARM_OFFER } from "./starlingx/arm-offer";
import { playVars } from "./starlingx/play-vars";

/** One site: the roles of the pools are controller, worker and storage. */
export interface StarlingxSiteProps extends SiteOptions {
  /** What the hosts become together. */
  readonly configuration: ConfigurationName;
}

/** A central site with subclouds, each with pools of its own. */
export interface StarlingxDistributedCloudProps extends DistributedCloudOptions {
  readonly configuration: typeof DISTRIBUTED_CLOUD;
}

/** One subcloud of a distributed cloud. */
export type StarlingxSubcloudProps = SubcloudOptions;

/** Options of {@link Deployment.starlingx}; keys are those of cluster files. */
export type StarlingxDeploymentProps = StarlingxSiteProps | StarlingxDistributedCloudProps;

type Options = SiteOptions | DistributedCloudOptions;

const RULES: readonly DeploymentRules[] = starlingxRules(ARM_OFFER);

/** All six kinds, for cluster files. */
export const starlingxKinds: readonly DeploymentKind<Options>[] = STARLINGX_NAMES.map((name) => ({
  rules: rulesOf(name),
  define: (options) => define(name, options),
}));

/** See the header. */
export function starlingxDefinition({
  configuration,
  ...options
}: StarlingxDeploymentProps): DeploymentDefinition {
  return define(configuration, options);
}

function define(name: StarlingxName, options: Options): DeploymentDefinition {
  return {
    rules: rulesOf(name),
    options: { ...options },
    plays: [shippedPlay("starlingx")],
    vars: playVars,
    endpoint: () => quote(endpointOf(options)),
  };
}

/** Kubernetes' API at the address that follows the active controller. */
function endpointOf({ networks }: Options): string {
  const [address = ""] = partsOf(networks?.oam?.floating ?? "");
  return `https://${address.includes(":") ? `[${address}]` : address}:6443`;
}

function rulesOf(name: StarlingxName): DeploymentRules {
  const found = RULES.find(({ kind }) => kind === kindOf(name));
  if (found === undefined) throw new Bug(`there are no rules of ${kindOf(name)}`);
  return found;
}
