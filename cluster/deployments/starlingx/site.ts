/**
 * Sites: one for every configuration but the distributed cloud, which has a central one and subclouds. All other rules and renderings
 * are written for a site. Pure.
 */
import type { KernelVariantName } from "../../../core/names";
import type { ClusterSpec, PoolSpec } from "../../config";
import type { DevicePlanFacts } from "../../device-plans";
import type { ValuePath } from "../../finding";
import { smallestMachine } from "../../pool-machine";
import { nodeNames } from "../../pool-nodes";
import type { KernelTuning } from "../../tuning";
import {
  type Configuration,
  type ConfigurationName,
  CONFIGURATIONS,
  PERSONALITIES,
  type Personality,
  type SystemMode,
} from "./configurations";
import { configurationOf } from "./kinds";
import type { DistributedCloudOptions, SubcloudOptions } from "./options/distributed-cloud";
import type { SiteOptions } from "./options/site";

/** What the kernel of a host is told. */
export interface TunedHost extends KernelTuning {
  /** The smallest machine that the host may be; undefined where that is not known. */
  readonly machine: DevicePlanFacts | undefined;
}

/** A host of a site. */
export interface Host {
  /** Name of the node in the cluster. */
  readonly node: string;
  /** Name in StarlingX; the same but for hosts of subclouds. */
  readonly hostname: string;
  readonly personality: Personality;
  readonly kernel: KernelVariantName;
  readonly pool: string;
  /** What its kernel is told. @default - nothing of its own */
  readonly tuned?: TunedHost;
  /** Where the file has the node's name, or that of its pool. */
  readonly at: ValuePath;
}

/** A pool and its place in the file. */
export interface PlacedPool {
  readonly pool: PoolSpec;
  readonly index: number;
}

/** See the header. */
export interface Site {
  /** Of a subcloud. Undefined: the central or only one. */
  readonly subcloud?: SubcloudOptions;
  /** Where its options are. */
  readonly at: ValuePath;
  readonly role: "none" | "systemcontroller" | "subcloud";
  readonly configuration: Configuration;
  readonly systemMode: SystemMode;
  readonly options: SiteOptions;
  readonly pools: readonly PlacedPool[];
  /** Controllers first, then storage hosts, then workers; each in the order of the pools. */
  readonly hosts: readonly Host[];
}

/** All sites of a cluster, the central one first; none when its deployment is no StarlingX. */
export function sitesOf(cluster: ClusterSpec): Site[] {
  const { deployment } = cluster;
  if (deployment === undefined) return [];
  const pools = cluster.pools.map((pool, index) => ({ pool, index }));
  const own = configurationOf(deployment.kind);
  // The schema was kept when this is asked.
  const options = deployment as unknown as DistributedCloudOptions;
  if (own !== undefined)
    return [makeSite(cluster, { at: ["deployment"], role: "none", name: own, options, pools })];
  const { central = "aio-dx", subclouds = [] } = options;
  const taken = new Set(subclouds.flatMap((it) => it.pools));
  const rest = pools.filter(({ pool }) => !taken.has(pool.name));
  const at: ValuePath = ["deployment"];
  return [
    makeSite(cluster, { at, role: "systemcontroller", name: central, options, pools: rest }),
    ...subclouds.map((subcloud, index) =>
      makeSite(cluster, {
        at: [...at, "subclouds", index],
        role: "subcloud",
        name: subcloud.configuration,
        options: subcloud,
        pools: pools.filter(({ pool }) => subcloud.pools.includes(pool.name)),
        subcloud,
      }),
    ),
  ];
}

interface SiteParts extends Pick<Site, "at" | "role" | "options" | "pools"> {
  readonly name: ConfigurationName;
  readonly subcloud?: SubcloudOptions;
}

function makeSite(cluster: ClusterSpec, { name, ...rest }: SiteParts): Site {
  const configuration = CONFIGURATIONS[name];
  return {
    ...rest,
    configuration,
    systemMode: rest.options.systemMode ?? configuration.systemModes[0],
    hosts: hostsOf(cluster, rest),
  };
}

function hostsOf(cluster: ClusterSpec, { pools, subcloud }: Omit<SiteParts, "name">): Host[] {
  const prefix = subcloud ? `${subcloud.name}-` : "";
  const all = pools.flatMap(({ pool, index }) =>
    nodeNames(pool).map((node, n): Host => {
      const at = ["pools", index, ...(pool.names ? ["names", n] : ["name"])];
      const hostname = node.startsWith(prefix) ? node.slice(prefix.length) : node;
      const personality = PERSONALITIES.find((it) => it === pool.role) ?? "worker";
      const kernel = pool.kernel ?? cluster.kernel;
      return {
        ...{ node, hostname, personality, kernel, pool: pool.name, at },
        ...(pool.tuning
          ? { tuned: { ...pool.tuning, machine: smallestMachine(cluster, pool) } }
          : {}),
      };
    }),
  );
  return (["controller", "storage", "worker"] as const).flatMap((it) =>
    all.filter(({ personality }) => personality === it),
  );
}

/** Hosts of a personality, in their order. */
export function hostsWith({ hosts }: Pick<Site, "hosts">, personality: Personality): Host[] {
  return hosts.filter((it) => it.personality === personality);
}

/** The site in words, for messages: `subcloud "edge-1"`. */
export function describeSite({ subcloud, configuration }: Site): string {
  return subcloud
    ? `subcloud ${JSON.stringify(subcloud.name)} (${configuration.name})`
    : configuration.name;
}
