/**
 * HiSilicon D02, the board on which Docker Engine was first brought up on a 16-core ARMv8 server. Data only. Source:
 * "Getting Docker running on a high-density ARMv8 development board from HiSilicon", Hypriot, 2016-03-01.
 */

/** An ARM64 board as its description tells of it. */
export interface Board {
  readonly name: string;
  readonly formFactor: string;
  readonly cores: { readonly count: number; readonly name: string; readonly maxGhz: number };
  readonly memory: {
    readonly type: string;
    readonly channels: number;
    readonly installedKiB: number;
  };
  /** Network ports by speed in Mbit/s. */
  readonly network: readonly {
    readonly ports: number;
    readonly mbits: number;
    readonly connector: string;
  }[];
  readonly disks: { readonly bus: string; readonly ports: number };
  /** How it boots. */
  readonly firmware: "UEFI";
  /** Serial console as Linux names it: not ttyAMA0, unlike most ARM64 servers. */
  readonly console: string;
  /** Where its kernel and root file system come from. */
  readonly distribution: string;
}

/** See the header. */
export const D02: Board = {
  name: "HiSilicon D02",
  formFactor: "SSI-EEB / E-ATX",
  cores: { count: 16, name: "Cortex-A57", maxGhz: 2.1 },
  memory: { type: "DDR3", channels: 2, installedKiB: 8_086_304 },
  network: [
    { ports: 2, mbits: 1_000, connector: "RJ45" },
    { ports: 2, mbits: 10_000, connector: "SFP+" },
  ],
  disks: { bus: "SAS 3", ports: 8 },
  firmware: "UEFI",
  console: "ttyS0",
  distribution: "open-estuary.org",
};
