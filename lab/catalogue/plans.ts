/**
 * Device plans on offer: the ARM ones of the frozen service, with their real hardware in `specs` and,
 * beside it, what the lab gives a machine of that plan. One line that is no server is listed too, as
 * the service does, so that clients must look at `line`.
 */
import { stableId } from "./stable-id";

/** A plan. */
export interface Plan {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly line: "baremetal" | "network";
  readonly class: string;
  readonly pricePerHour: number;
  readonly specs: PlanSpecs | undefined;
  /** What a machine of the lab gets; undefined for what is no server. */
  readonly machine: MachineSize | undefined;
}

/** The hardware, as the API words it. */
export interface PlanSpecs {
  readonly cpus: readonly { readonly count: number; readonly type: string }[];
  readonly memory: { readonly total: string };
  readonly drives: readonly {
    readonly count: number;
    readonly size: string;
    readonly type: string;
    readonly category: "boot" | "storage";
  }[];
  readonly nics: readonly { readonly count: number; readonly type: string }[];
  readonly features: { readonly raid: boolean; readonly txt: boolean; readonly uefi: boolean };
}

/** Size of a lab machine. */
export interface MachineSize {
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
}

const UEFI_ONLY = { raid: false, txt: false, uefi: true };

const SERVERS = [
  {
    slug: "c3.large.arm64",
    pricePerHour: 2.5,
    description: "Ampere Altra, 80 cores",
    specs: {
      cpus: [{ count: 1, type: "Ampere Altra Q80-30 80-Core Processor @ 2.8GHz" }],
      memory: { total: "256GB" },
      drives: [{ count: 2, size: "960GB", type: "NVME", category: "boot" }],
      nics: [{ count: 2, type: "25Gbps" }],
      features: UEFI_ONLY,
    },
    machine: { cpus: 1, memoryMiB: 256, diskMiB: 2048 },
  },
  {
    slug: "c2.large.arm",
    pricePerHour: 1,
    description: "Ampere eMAG, 32 cores",
    specs: {
      cpus: [{ count: 1, type: "Ampere eMAG 8180 32-Core Processor @ 3.0GHz" }],
      memory: { total: "128GB" },
      drives: [{ count: 1, size: "480GB", type: "SSD", category: "boot" }],
      nics: [{ count: 2, type: "10Gbps" }],
      features: UEFI_ONLY,
    },
    machine: { cpus: 1, memoryMiB: 192, diskMiB: 1024 },
  },
  {
    slug: "c1.large.arm",
    pricePerHour: 0.5,
    description: "two Cavium ThunderX, 96 cores",
    specs: {
      cpus: [{ count: 2, type: "Cavium ThunderX CN8890 @ 2GHz" }],
      memory: { total: "128GB" },
      drives: [{ count: 1, size: "340GB", type: "SSD", category: "boot" }],
      nics: [{ count: 2, type: "10Gbps" }],
      features: UEFI_ONLY,
    },
    machine: { cpus: 1, memoryMiB: 160, diskMiB: 1024 },
  },
] as const;

const BANDWIDTH: Plan = {
  id: stableId("plan:outbound_bandwidth"),
  slug: "outbound_bandwidth",
  name: "Outbound Bandwidth",
  description: "traffic that leaves a location, by the gigabyte",
  line: "network",
  class: "outbound_bandwidth",
  pricePerHour: 0,
  specs: undefined,
  machine: undefined,
};

/** Every plan, servers first. */
export const PLANS: readonly Plan[] = [
  ...SERVERS.map((it): Plan => ({
    ...it,
    id: stableId(`plan:${it.slug}`),
    name: it.slug,
    line: "baremetal",
    class: it.slug,
  })),
  BANDWIDTH,
];

/** @param key - slug or id */
export function tryFindPlan(key: string): Plan | undefined {
  return PLANS.find((it) => it.slug === key || it.id === key);
}
