/** A loaded cluster file as properties of constructs: the file is a thin layer over them. Pure. */
import type { ClusterConfig, DeploymentSpec, ImageSpec, PoolSpec } from "../cluster";
import { AGENT } from "../cluster/agent";
import { fault, UserFault } from "../core/faults";
import { ClusterImage, type ImageOptions } from "../images/cluster-image";
import type { AccessProps } from "./access";
import type { ArmClusterProps } from "./arm-cluster-props";
import type { BastionProps } from "./bastion";
import { Deployment } from "./deployment";
import type { AnyDeploymentKind } from "./deployment-kind";
import { DEPLOYMENT_KINDS } from "./deployment-kinds";
import { asData } from "./expression";
import { MetalSubstrate } from "./metal-substrate";
import type { NodePoolProps } from "./node-pool";
import { RegistryMirrors } from "./registry-mirrors";

/**
 * The properties of a cluster, and of its pools by name.
 * @param config - the loaded file
 * @param kinds - kinds of deployments beside those of this package
 */
export function configuredProps(
  config: ClusterConfig,
  kinds: readonly AnyDeploymentKind[],
): {
  readonly props: ArmClusterProps;
  readonly pools: readonly (readonly [string, NodePoolProps])[];
} {
  const { access, bootstrap, deployment, image, kernel, metadata, registries, substrate } = config;
  const { forks, drift, secretVars, secretVarsVersion, destroyPlays, runner, via } = bootstrap;
  const { vaultPasswords } = bootstrap;
  const { metal } = substrate;
  const { mirrors: described, ...settings } = registries;
  const mirrors = new RegistryMirrors(settings);
  for (const { registry, endpoints } of described) {
    for (const endpoint of endpoints) mirrors.addResolved(registry, endpoint);
  }
  return {
    props: {
      substrate: new MetalSubstrate({ ...metal, project: asData(metal.project) }),
      image: ClusterImage.of(image.family, optionsOf(image)),
      kernel,
      access: accessOf(access),
      mirrors,
      labels: metadata.labels,
      bootstrap: {
        plays: bootstrap.plays,
        vars: asData(bootstrap.vars),
        secretVars,
        ...(secretVarsVersion === undefined ? {} : { secretVarsVersion }),
        ...(vaultPasswords === undefined ? {} : { vaultPasswords }),
        ...(forks === undefined ? {} : { forks }),
        ...(drift === undefined ? {} : { drift }),
        ...(destroyPlays === undefined ? {} : { destroyPlays }),
        ...(runner === undefined ? {} : { runner }),
        ...(via === undefined ? {} : { via }),
      },
      ...(deployment ? { deployment: configuredDeployment(asData(deployment), kinds) } : {}),
    },
    pools: config.pools.map((it) => [it.name, poolProps(it)] as const),
  };
}

function accessOf({ bastion, privateKey, ...access }: ClusterConfig["access"]): AccessProps {
  const through = bastion === undefined ? {} : { bastion: definedOf(bastion) };
  return { ...access, ...through, privateKey: privateKey ?? AGENT };
}

function definedOf({
  privateKey,
  ...bastion
}: NonNullable<ClusterConfig["access"]["bastion"]>): BastionProps {
  return { ...bastion, ...(privateKey === undefined ? {} : { privateKey }) };
}

function poolProps({
  role,
  labels,
  count,
  names,
  devicePlan,
  kernel,
  image,
  tuning,
}: PoolSpec): NodePoolProps {
  return {
    role,
    labels,
    ...(count === undefined ? {} : { count }),
    ...(names === undefined ? {} : { names }),
    ...(devicePlan === undefined ? {} : { devicePlan }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(tuning === undefined ? {} : { tuning }),
    ...(image === undefined ? {} : { image: ClusterImage.of(image.family, optionsOf(image)) }),
  };
}

function optionsOf({ release, ipxe }: ImageSpec): ImageOptions {
  return { release, ...(ipxe === undefined ? {} : { ipxe }) };
}

/** A deployment that a cluster file names; its options were checked by the schema. */
function configuredDeployment(
  { kind, ...options }: DeploymentSpec,
  more: readonly AnyDeploymentKind[],
): Deployment {
  const kinds = [...DEPLOYMENT_KINDS, ...more];
  const found = kinds.find(({ rules }) => rules.kind === kind);
  if (found) return Deployment.of(found, options as never);
  const allowed = kinds.map(({ rules }) => rules.kind);
  throw new UserFault([
    fault("AS1207", "deployment", { problem: "unknown kind", given: kind, allowed }),
  ]);
}
