/** A loaded cluster file as properties of constructs: the file is a thin layer over them. Pure. */
import type { ClusterConfig, DeploymentSpec, PoolSpec } from "../cluster";
import { AGENT } from "../cluster/read-references";
import { etcdRules, type EtcdOptions } from "../cluster/deployments/etcd";
import { fault, UserFault } from "../core/faults";
import { ClusterImage } from "../images/cluster-image";
import type { ArmClusterProps } from "./arm-cluster-props";
import { Deployment } from "./deployment";
import { asData } from "./expression";
import { currentBase } from "./files";
import { MetalSubstrate } from "./metal-substrate";
import type { NodePoolProps } from "./node-pool";
import { RegistryMirrors } from "./registry-mirrors";

/**
 * The properties of a cluster, and of its pools by name.
 * @param config - the loaded file
 * @param secretVars - what stands for the values of its secret variables
 */
export function configuredProps(
  config: ClusterConfig,
  secretVars: Readonly<Record<string, string>>,
): {
  readonly props: ArmClusterProps;
  readonly pools: readonly (readonly [string, NodePoolProps])[];
} {
  const { access, bootstrap, deployment, image, kernel, metadata, registries, substrate } = config;
  const { forks, drift, secretVarsVersion } = bootstrap;
  const { metal } = substrate;
  const { mirrors: described, runtimes, ...settings } = registries;
  const mirrors = new RegistryMirrors(currentBase(), runtimes, settings);
  for (const { registry, endpoints } of described) {
    for (const endpoint of endpoints) mirrors.addResolved(registry, endpoint);
  }
  return {
    props: {
      substrate: new MetalSubstrate({ ...metal, project: asData(metal.project) }),
      image: ClusterImage.of(image.family, image.release),
      kernel,
      access: { ...access, privateKey: access.privateKey ?? AGENT },
      mirrors,
      labels: metadata.labels,
      bootstrap: {
        plays: bootstrap.plays,
        vars: asData(bootstrap.vars),
        secretVars,
        ...(secretVarsVersion === undefined ? {} : { secretVarsVersion }),
        ...(forks === undefined ? {} : { forks }),
        ...(drift === undefined ? {} : { drift }),
      },
      ...(deployment ? { deployment: configuredDeployment(asData(deployment)) } : {}),
    },
    pools: config.pools.map((it) => [it.name, poolProps(it)] as const),
  };
}

function poolProps({
  role,
  labels,
  count,
  names,
  devicePlan,
  kernel,
  image,
}: PoolSpec): NodePoolProps {
  return {
    role,
    labels,
    ...(count === undefined ? {} : { count }),
    ...(names === undefined ? {} : { names }),
    ...(devicePlan === undefined ? {} : { devicePlan }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(image === undefined ? {} : { image: ClusterImage.of(image.family, image.release) }),
  };
}

/** Deployments that a cluster file may name; their options were checked by the schema. */
function configuredDeployment({ kind, ...options }: DeploymentSpec): Deployment {
  if (kind === etcdRules.kind) {
    const { artifacts, version } = options as EtcdOptions;
    return Deployment.etcd({
      ...(artifacts === undefined ? {} : { artifacts }),
      ...(version === undefined ? {} : { version }),
    });
  }
  const allowed = [etcdRules.kind];
  throw new UserFault([
    fault("AS1207", "deployment", { problem: "unknown kind", given: kind, allowed }),
  ]);
}
