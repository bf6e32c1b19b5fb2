/**
 * Machines that StarlingX for arm64 was tried on, and what hosts need. Data only. Sources: StarlingX on ARM development status, "What
 * real HW has been tested?"; StarlingX' page "prepare servers", whose words on processors are for x86 alone, so that there is no
 * minimum for arm64.
 */

/** A server that was tried. */
export interface TestedServer {
  readonly model: string;
  readonly processor: { readonly model: string; readonly mhz: number; readonly cores: number };
  readonly memoryGb: number;
  /** NVMe. */
  readonly diskTb: number;
  readonly networkCard: string;
  readonly accelerator?: string;
  readonly configurations: readonly string[];
  readonly issue?: string;
}

const ALTRA = { model: "Ampere Altra", mhz: 3000, cores: 80 };

/** See the header. */
export const TESTED_SERVERS: readonly TestedServer[] = [
  {
    model: "HPE ProLiant RL300 Gen11",
    processor: ALTRA,
    memoryGb: 256,
    diskTb: 2,
    networkCard: "Mellanox ConnectX-6 Lx (MT2894)",
    configurations: [
      "aio-sx",
      "aio-dx",
      "aio-dx-workers",
      "standard-controller-storage",
      "standard-dedicated-storage",
    ],
  },
  {
    model: "SuperMicro R12SPD-A",
    processor: ALTRA,
    memoryGb: 512,
    diskTb: 1,
    networkCard: "Mellanox ConnectX-4 Lx (MT27710)",
    accelerator: "NVIDIA A100X",
    configurations: ["aio-sx"],
    issue: "installing from the ISO needs a workaround",
  },
];

/** What a host needs. */
export interface HostMinimum {
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly disk: "ssd-or-nvme" | "10k-rpm-or-better";
  /** Gigabytes of each further disk for an OSD; undefined where none is needed. */
  readonly osdDiskGb?: number;
  /** Gigabit per second of ports, by what they carry. */
  readonly portsGbit: Readonly<Record<string, number>>;
}

/** By what the host is. */
export const HOST_MINIMUMS: Readonly<
  Record<"aio-controller" | "controller" | "worker" | "storage", HostMinimum>
> = {
  "aio-controller": {
    memoryGb: 64,
    diskGb: 500,
    disk: "ssd-or-nvme",
    osdDiskGb: 500,
    portsGbit: { oam: 1, mgmt: 1, data: 10 },
  },
  controller: { memoryGb: 64, diskGb: 500, disk: "ssd-or-nvme", portsGbit: { oam: 1, mgmt: 1 } },
  worker: {
    memoryGb: 32,
    diskGb: 120,
    disk: "10k-rpm-or-better",
    portsGbit: { mgmt: 10, data: 10 },
  },
  storage: {
    memoryGb: 64,
    diskGb: 120,
    disk: "10k-rpm-or-better",
    osdDiskGb: 500,
    portsGbit: { mgmt: 10 },
  },
};

/** The delivered ISOs install to NVMe; the stock default is sda. */
export const INSTALL_DISKS = { delivered: "nvme0n1", stock: "sda" } as const;

/** Gigabytes of the root disk: the bootstrap warns below the first; the inventory divides smaller disks otherwise (starlingx/config). */
export const ROOT_DISK_GB = { standard: 500, small: 196, tiny: 60 } as const;

/** Where machines look for something to boot, in this order. */
export const BOOT_ORDER = {
  controller: ["disk", "network", "usb"],
  worker: ["disk", "network"],
  storage: ["disk", "network"],
} as const;

/** What All-in-one keeps for the platform: cores, and gigabytes on the two NUMA nodes. */
export const PLATFORM_SHARE = { cores: 2, memoryGb: [10, 1] } as const;
