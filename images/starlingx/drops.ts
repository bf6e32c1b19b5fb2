/**
 * Deliveries of StarlingX for arm64, and what was verified on which. Data only. Source: StarlingX on ARM development status, as of
 * 2023-10-08. What a delivery says it has and what was verified differ: the last says both kernels for Standard, and no
 * verification of a standard configuration names the low-latency kernel.
 */
import type { KernelFlavour } from "./kernels";

/** One delivery. */
export interface StarlingxDrop {
  readonly drop: number;
  /** Month: `2023-02`. */
  readonly month: string;
  /** What of StarlingX it was built from. */
  readonly base: string;
  readonly kernels: readonly KernelFlavour[];
  readonly configurations: readonly string[];
  /** What it cannot do. */
  readonly lacks: readonly string[];
}

const LATE = ["aio-sx", "aio-dx-workers", "standard-dedicated-storage", "distributed-cloud"];

/** Newest first. */
export const STARLINGX_DROPS: readonly [StarlingxDrop, ...StarlingxDrop[]] = [
  {
    drop: 4,
    month: "2023-07",
    base: "stx-master-20230625",
    kernels: ["std", "rt"],
    configurations: LATE,
    lacks: [],
  },
  {
    drop: 3,
    month: "2023-06",
    base: "stx-8.0",
    kernels: ["std"],
    configurations: LATE,
    lacks: [],
  },
  {
    drop: 2,
    month: "2023-04",
    base: "stx-8.0",
    kernels: ["std"],
    configurations: ["aio-sx", "aio-dx"],
    lacks: [],
  },
  {
    drop: 1,
    month: "2023-02",
    base: "stx-8.0",
    kernels: ["std"],
    configurations: ["aio-sx"],
    lacks: ["ceph", "multus", "sriov"],
  },
];

/** What was shown to work, and where. */
export interface Verification {
  readonly configuration: string;
  /** Undefined: the source does not say. */
  readonly kernel?: KernelFlavour;
  /** Numbers of hosts, where the source gives them: controllers + workers, or + storage + workers. */
  readonly layout?: string;
  /** Configurations of the sites, of a distributed cloud. */
  readonly sites?: { readonly central: string; readonly subcloud: string };
  readonly onBareMetal: boolean;
  readonly onVirtualMachines: boolean;
  readonly note?: string;
}

const BOTH = { onBareMetal: true, onVirtualMachines: true };
const CLOUD_SITES = { central: "aio-dx", subcloud: "aio-sx" };
const VIRTUAL = { onBareMetal: false, onVirtualMachines: true };

/** In the order of the configurations. */
export const VERIFICATIONS: readonly Verification[] = [
  { configuration: "aio-sx", kernel: "std", ...BOTH },
  { configuration: "aio-sx", kernel: "rt", ...BOTH },
  { configuration: "aio-dx", kernel: "std", ...BOTH },
  { configuration: "aio-dx", kernel: "rt", ...BOTH },
  { configuration: "aio-dx-workers", kernel: "std", ...BOTH },
  {
    configuration: "aio-dx-workers",
    kernel: "rt",
    ...BOTH,
    note: "in the plan of phase 3 only, not in the overall list",
  },
  { configuration: "standard-controller-storage", kernel: "std", layout: "2+2", ...VIRTUAL },
  {
    configuration: "standard-controller-storage",
    layout: "2+1",
    onBareMetal: true,
    onVirtualMachines: false,
    note: "in the plan of phase 3 only; one worker is below the documented minimum",
  },
  { configuration: "standard-dedicated-storage", kernel: "std", layout: "2+2+2", ...VIRTUAL },
  {
    configuration: "distributed-cloud",
    kernel: "std",
    ...VIRTUAL,
    sites: CLOUD_SITES,
    note: "two subclouds",
  },
  {
    configuration: "distributed-cloud",
    kernel: "rt",
    ...VIRTUAL,
    sites: CLOUD_SITES,
    note: "two subclouds, all hosts low-latency",
  },
];
