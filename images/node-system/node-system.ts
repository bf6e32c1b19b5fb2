/**
 * What a node is told when it first boots, before it is written down for any system: files, units, users and
 * the like. Ignition and cloud-config are two ways to write it; see images/ignition and images/cloud-config.
 */

/** Content of a file: text, or where the node fetches it. */
export type FileContent =
  | { readonly text: string }
  | {
      readonly url: string;
      /** `sha256:<hex>` or `sha512:<hex>` of what is at the URL. */
      readonly checksum: string;
    };

/** A file. */
export interface SystemFile {
  /** Absolute. */
  readonly path: string;
  readonly content: FileContent;
  /** Permissions, as a number: 0o644. @default 0o644 */
  readonly mode?: number;
  /** Whether what the image has there is replaced. @default false */
  readonly overwrite?: boolean;
  /** Name of the owner. @default root */
  readonly user?: string;
  /** Name of the group. @default root */
  readonly group?: string;
}

/** A directory. */
export interface SystemDirectory {
  readonly path: string;
  /** @default 0o755 */
  readonly mode?: number;
}

/** A symbolic link. */
export interface SystemLink {
  readonly path: string;
  readonly target: string;
}

/** A drop-in of a unit. */
export interface SystemDropin {
  /** Ends in `.conf`. */
  readonly name: string;
  readonly contents: string;
}

/** A systemd unit. */
export interface SystemUnit {
  readonly name: string;
  /** @default - the image has the unit */
  readonly contents?: string;
  readonly dropins?: readonly SystemDropin[];
  /** Whether it runs from the first boot on. @default false */
  readonly enabled?: boolean;
  /** Whether nothing may start it. @default false */
  readonly masked?: boolean;
}

/** A user, made where the image has none of the name. */
export interface SystemUser {
  readonly name: string;
  /** Public keys in OpenSSH's format. */
  readonly sshKeys?: readonly string[];
  readonly groups?: readonly string[];
  readonly shell?: string;
}

/** A partition; sizes are in MiB, and what is left out is chosen. */
export interface SystemPartition {
  readonly label: string;
  readonly number?: number;
  readonly startMiB?: number;
  readonly sizeMiB?: number;
}

/** A disk. */
export interface SystemDisk {
  readonly device: string;
  /** Whether its partition table goes. @default false */
  readonly wipe?: boolean;
  readonly partitions?: readonly SystemPartition[];
}

/** A filesystem. */
export interface SystemFilesystem {
  readonly device: string;
  readonly format: "ext4" | "btrfs" | "xfs" | "vfat" | "swap";
  /** Where the first boot has it; a unit mounts it in later ones. */
  readonly path?: string;
  readonly label?: string;
  readonly wipe?: boolean;
}

/** Changes of the kernel's command line. */
export interface SystemKernelArguments {
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
}

/** See the header. Lists may be left out. */
export interface NodeSystem {
  /** @default - as the network says */
  readonly hostname?: string;
  readonly files?: readonly SystemFile[];
  readonly directories?: readonly SystemDirectory[];
  readonly links?: readonly SystemLink[];
  readonly units?: readonly SystemUnit[];
  readonly users?: readonly SystemUser[];
  readonly kernelArguments?: SystemKernelArguments;
  readonly disks?: readonly SystemDisk[];
  readonly filesystems?: readonly SystemFilesystem[];
}
