/** The shape of an image family: what there is of it, how it boots, and what it lacks on ARM64. */
import type { KernelVariantName } from "../core/names";

/** How a machine comes to run an image. */
export type BootMethod =
  /** The machine API installs it. */
  | "installed"
  /** A script of iPXE's loads kernel and initial ramdisk. */
  | "ipxe"
  /** The firmware loads it over the network, by UEFI. */
  | "uefi-pxe"
  /** From an ISO image, by UEFI. */
  | "iso"
  /** A disk image is written to the disk. */
  | "disk-image"
  /** A hypervisor is handed kernel and initial ramdisk. */
  | "direct-kernel";

/** Machines that Armstead makes nodes of. */
export const MACHINES = ["metal", "lab/qemu", "lab/process"] as const;
/** `metal`: behind a Packet-style API; `lab/…`: the lab, by its driver. */
export type MachineKind = (typeof MACHINES)[number];

/** A kernel variant of a release. */
export interface KernelOffer {
  /** What brings it: a package, or an image. */
  readonly from: string;
  /** Slug of the API's operating system; undefined when a script of iPXE's has to boot it. */
  readonly operatingSystem?: string;
  /** Whether only the lab has that operating system. @default false */
  readonly labOnly?: boolean;
}

/** A release of a family. */
export interface ImageRelease {
  /** As the family counts: `13`. */
  readonly release: string;
  /** Name that people know: `trixie`. */
  readonly codename: string;
  /** A kernel that is missing does not exist. */
  readonly kernels: Readonly<Partial<Record<KernelVariantName, KernelOffer>>>;
}

/** A part of an image, and whether it was seen working on ARM64. */
export interface Component {
  readonly name: string;
  /** What it is there for: `init`. */
  readonly purpose?: string;
  /** Whether its basic function was tested on ARM64. */
  readonly tested: boolean;
  /** What takes its place today; undefined when it is still what people use. */
  readonly successor?: string;
}

/** What an image does not have on ARM64. */
export interface Lack {
  readonly what: string;
  readonly why: string;
}

/** A family of images. */
export interface ImageFamily {
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  /** One clause about what it is. */
  readonly summary: string;
  /** Public document that the facts are of. */
  readonly source: string;
  /** Newest first: the first one is the default. */
  readonly releases: readonly [ImageRelease, ...ImageRelease[]];
  readonly bootMethods: readonly [BootMethod, ...BootMethod[]];
  /** What it can run on. */
  readonly machines: readonly MachineKind[];
  /** `ssh`: playbooks run on its nodes; `user-data`: all it is told comes with the machine. */
  readonly reachedBy: "ssh" | "user-data";
  /**
   * What hands arguments to its kernel: a boot loader that a play can tell, the deployment's own commands, the
   * image's file, or the script that boots it.
   */
  readonly kernelArguments: "boot-loader" | "deployment" | "image-file" | "boot-script";
  /** How a node proves that it runs the real-time kernel; undefined when no release has one. */
  readonly realtimeProof?: string;
  /** What it is made of, as far as that was told. */
  readonly components: readonly Component[];
  readonly lacks: readonly Lack[];
}
