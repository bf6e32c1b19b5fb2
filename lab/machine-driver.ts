/**
 * What the lab's engine needs of whatever runs its machines. Two drivers implement it:
 * `qemu/` (real ARM64 machines) and `process/` (namespaced SSH hosts of the host's architecture).
 * Machines outlive the lab server: all a driver must know to find them again is in their folder.
 */
import type { CallOptions } from "../core/bounded";
import type { Architecture, KernelVariantName } from "../core/names";

/** Names of drivers, as in `armstead lab up --driver`. */
export const DRIVER_KINDS = ["qemu", "process"] as const;
/** A driver's name. */
export type DriverKind = (typeof DRIVER_KINDS)[number];

/** What a machine is to run. */
export interface MachineSystem {
  /** Slug of the API's operating system: `debian_13`, `debian_13_rt`, `starlingx_4`, … */
  readonly slug: string;
  readonly distro: "debian";
  /** Debian release: `12` or `13`. */
  readonly release: string;
  readonly kernel: KernelVariantName;
  /** Scripted commands laid over the system, which stand for those of a system that no lab machine runs. */
  readonly scripted?: "starlingx";
}

/** A machine, as the engine describes it. Plain data: it is kept as JSON in the store. */
export interface MachineSpec {
  /** The device's id; also the name of its folder. */
  readonly id: string;
  readonly hostname: string;
  readonly system: MachineSystem;
  /** Own address on the host's loopback, 127.x.y.z: sshd answers here on {@link sshPort}. */
  readonly address: string;
  /** See LAB_SSH_PORT. */
  readonly sshPort: number;
  /** Address by which machines reach each other (see {@link MachineDriver.privateNetwork}). */
  readonly privateAddress: string;
  /** OpenSSH lines authorized for root. */
  readonly authorizedKeys: readonly string[];
  readonly cpus: number;
  /** MiB. */
  readonly memoryMiB: number;
  /** MiB of the disk that outlives power cycles (the file is sparse). */
  readonly diskMiB: number;
  readonly userdata: string;
  /** Port on 127.0.0.1 of the lab's services for nodes (artifacts, metadata). */
  readonly nodePort: number;
  /** Port on 127.0.0.1 where the lab's switch takes frames; unused by the process driver. */
  readonly switchPort: number;
  /** Port on 127.0.0.1 that this machine's LAN card uses; unused by the process driver. */
  readonly lanPort: number;
}

/** What a machine boots. */
export type BootMode = "disk" | "rescue";

/** Runs machines. Every call may be repeated; a machine that is already so is left so. */
export interface MachineDriver {
  readonly kind: DriverKind;
  /** Architecture of the machines: arm64 for QEMU, the host's for processes. */
  readonly architecture: Architecture;
  /** Said in every listing, so that nobody takes a process for an ARM64 machine. */
  readonly description: string;
  /** Pool of private addresses: `10.96.0.0/12` behind the switch, loopback for processes. */
  readonly privateNetwork: string;
  /**
   * Makes sure that everything a system needs is built and cached (packages, kernel, initramfs, root).
   * @param report - one line of progress
   * @throws OuterFault AS24… with the exact command when a part of the host is missing
   */
  prepare(
    systems: readonly MachineSystem[],
    report: (line: string) => void,
    options: CallOptions,
  ): Promise<void>;
  /**
   * Builds what nodes download (etcd from Debian's packages, for this driver's architecture) and
   * says where: the folder holds `etcd-linux-<uname -m>.tar`, `SHA256SUMS` and nothing else.
   */
  prepareArtifacts(report: (line: string) => void, options: CallOptions): Promise<string>;
  /** Installs the machine: a fresh disk, identity from the spec. The host key is new unless one is kept. */
  install(spec: MachineSpec, options: CallOptions): Promise<void>;
  /** Powers on. Resolves when the machine's process runs, not when it is ready. */
  start(spec: MachineSpec, mode: BootMode, options: CallOptions): Promise<void>;
  /**
   * Resolves when sshd says its banner.
   * @throws OuterFault AS24… at once on a kernel panic or when the machine's process is gone
   */
  waitReady(spec: MachineSpec, options: CallOptions): Promise<void>;
  /** Powers off: in order when `soft`, falling back to hard after a few seconds. */
  stop(spec: MachineSpec, how: "soft" | "hard", options: CallOptions): Promise<void>;
  /** Whether the machine's process runs (and, for QEMU, the guest is not shut down). */
  isRunning(spec: MachineSpec): Promise<boolean>;
  /** Ends the machine and removes its folder, whatever state it is in. */
  remove(id: string, options: CallOptions): Promise<void>;
  /** Ids of machines that have a folder, running or not: for finding leftovers. */
  list(): Promise<string[]>;
  /** Path of the serial console's file (QEMU) or of the machine's log (process). */
  consoleFile(id: string): string;
  /** The host's public key, one OpenSSH line without comment; known before the boot. */
  hostKey(spec: MachineSpec): Promise<string>;
}
