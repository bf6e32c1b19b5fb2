/**
 * The configurations of StarlingX: how many of which hosts, and what decides between them. Data only. Sources: the bare-metal
 * installation guides of starlingx/docs (aio_simplex, aio_duplex, aio_duplex_extend, controller_storage,
 * dedicated_storage) and their tables of hardware; starlingx/config for what its service enforces.
 */

/** What hosts are, in StarlingX' words. */
export const PERSONALITIES = ["controller", "worker", "storage"] as const;
/** See {@link PERSONALITIES}; these are roles of pools too. */
export type Personality = (typeof PERSONALITIES)[number];

/** Configurations of one site. */
export const CONFIGURATION_NAMES = [
  "aio-sx",
  "aio-dx",
  "aio-dx-workers",
  "standard-controller-storage",
  "standard-dedicated-storage",
] as const;
/** See {@link CONFIGURATION_NAMES}. */
export type ConfigurationName = (typeof CONFIGURATION_NAMES)[number];

/** Configurations that a central site of a distributed cloud may have: the bootstrap refuses simplex there. */
export const CENTRAL_CONFIGURATIONS = [
  "aio-dx",
  "aio-dx-workers",
  "standard-controller-storage",
  "standard-dedicated-storage",
] as const satisfies readonly ConfigurationName[];

/** Modes of the controllers. */
export const SYSTEM_MODES = ["simplex", "duplex", "duplex-direct"] as const;
/** See {@link SYSTEM_MODES}. */
export type SystemMode = (typeof SYSTEM_MODES)[number];

/** A maximum that one page gives and others do not. */
export interface ContestedMaximum {
  readonly count: number;
  /** The page that says so. */
  readonly source: string;
}

/** Bounds of a number of hosts. */
export interface HostCount {
  readonly min: number;
  readonly max: number;
  /** Lower maxima of other pages. @default - none */
  readonly contested?: readonly ContestedMaximum[];
  /** Higher minimum of another page. @default - none */
  readonly advised?: { readonly min: number; readonly source: string };
}

/** See the header. */
export interface Configuration {
  readonly name: ConfigurationName;
  /** As the guides call it. */
  readonly title: string;
  /** What the installer's menu is asked for; never an override of the bootstrap. */
  readonly systemType: "All-in-one" | "Standard";
  /** The first is the default. */
  readonly systemModes: readonly [SystemMode, ...SystemMode[]];
  readonly hosts: Readonly<Record<Personality, HostCount>>;
  /** Where Ceph keeps data. */
  readonly storageModel: "aio-sx" | "controller-nodes" | "storage-nodes";
  /** Replicas that it can have; the first is the default. */
  readonly replication: readonly [number, ...number[]];
}

const NONE: HostCount = { min: 0, max: 0 };
const ONE: HostCount = { min: 1, max: 1 };
const TWO: HostCount = { min: 2, max: 2 };

/** See the header. */
export const CONFIGURATIONS: Readonly<Record<ConfigurationName, Configuration>> = {
  "aio-sx": {
    name: "aio-sx",
    title: "All-in-one Simplex",
    systemType: "All-in-one",
    systemModes: ["simplex"],
    hosts: { controller: ONE, worker: NONE, storage: NONE },
    storageModel: "aio-sx",
    replication: [1, 2, 3],
  },
  "aio-dx": {
    name: "aio-dx",
    title: "All-in-one Duplex",
    systemType: "All-in-one",
    systemModes: ["duplex", "duplex-direct"],
    hosts: { controller: TWO, worker: NONE, storage: NONE },
    storageModel: "controller-nodes",
    replication: [2],
  },
  "aio-dx-workers": {
    name: "aio-dx-workers",
    title: "All-in-one Duplex with workers",
    systemType: "All-in-one",
    systemModes: ["duplex"],
    hosts: {
      controller: TWO,
      worker: {
        min: 1,
        max: 50,
        advised: { min: 2, source: "the table of hardware of the installation guide" },
      },
      storage: NONE,
    },
    storageModel: "controller-nodes",
    replication: [2],
  },
  "standard-controller-storage": {
    name: "standard-controller-storage",
    title: "Standard with controller storage",
    systemType: "Standard",
    systemModes: ["duplex"],
    hosts: {
      controller: TWO,
      worker: {
        min: 2,
        max: 200,
        contested: [
          { count: 10, source: "the description of the configuration in the installation guide" },
          { count: 99, source: "the table of hardware of the installation guide" },
        ],
      },
      storage: NONE,
    },
    storageModel: "controller-nodes",
    replication: [2],
  },
  "standard-dedicated-storage": {
    name: "standard-dedicated-storage",
    title: "Standard with dedicated storage",
    systemType: "Standard",
    systemModes: ["duplex"],
    hosts: {
      controller: TWO,
      worker: {
        min: 2,
        max: 200,
        contested: [
          { count: 99, source: "the table of hardware of the installation guide" },
          { count: 100, source: "the description of the configuration in older guides" },
        ],
      },
      storage: { min: 2, max: 9 },
    },
    storageModel: "storage-nodes",
    replication: [2, 3],
  },
};

/** Groups of storage hosts that hold the same data, by replication. */
export const STORAGE_GROUPS: Readonly<
  Record<number, { readonly size: number; readonly most: number }>
> = {
  2: { size: 2, most: 4 },
  3: { size: 3, most: 3 },
};

/** Whether hosts of a personality run workloads, and so may have the low-latency kernel. */
export function hasWorkerSubfunction(
  { systemType }: Pick<Configuration, "systemType">,
  personality: Personality,
): boolean {
  return personality === "worker" || (personality === "controller" && systemType === "All-in-one");
}
