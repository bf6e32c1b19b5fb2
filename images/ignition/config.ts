/**
 * Ignition configs of specification 3.3 and 3.4 as values: their JSON, key by key. Source: coreos/ignition,
 * docs/configuration-v3_3.md and docs/configuration-v3_4.md. Left out are LUKS and RAID: no deployment
 * of Armstead makes them; the validator knows both all the same.
 */

/** Versions that are written; Flatcar for arm64 reads both. */
export const IGNITION_VERSIONS = ["3.3.0", "3.4.0"] as const;
/** A version of the specification. */
export type IgnitionVersion = (typeof IGNITION_VERSIONS)[number];

/** Content from elsewhere, or from a data URL. */
export interface IgnitionResource {
  /** http, https, tftp, s3, gs or data; from 3.4 on arn. */
  readonly source?: string;
  readonly compression?: "gzip";
  /** `sha512-<hex>` or `sha256-<hex>` of the unpacked content. */
  readonly verification?: { readonly hash: string };
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

/** An owner by number or by name, never both. */
export interface IgnitionOwner {
  readonly id?: number;
  readonly name?: string;
}

/** What files, directories and links share. */
export interface IgnitionNode {
  /** Absolute, and unique among all three. */
  readonly path: string;
  readonly overwrite?: boolean;
  readonly user?: IgnitionOwner;
  readonly group?: IgnitionOwner;
}

/** A file. */
export interface IgnitionFile extends IgnitionNode {
  readonly contents?: IgnitionResource;
  readonly append?: readonly IgnitionResource[];
  /** Decimal: 420 is 0644. */
  readonly mode?: number;
}

/** A directory. */
export interface IgnitionDirectory extends IgnitionNode {
  /** Decimal: 493 is 0755. */
  readonly mode?: number;
}

/** A symbolic or hard link. */
export interface IgnitionLink extends IgnitionNode {
  readonly target: string;
  readonly hard?: boolean;
}

/** A partition; sizes are in MiB, 0 is whatever is free. */
export interface IgnitionPartition {
  readonly label?: string;
  readonly number?: number;
  readonly startMiB?: number;
  readonly sizeMiB?: number;
  readonly typeGuid?: string;
  readonly wipePartitionEntry?: boolean;
}

/** A disk. */
export interface IgnitionDisk {
  readonly device: string;
  readonly wipeTable?: boolean;
  readonly partitions?: readonly IgnitionPartition[];
}

/** A filesystem. */
export interface IgnitionFilesystem {
  readonly device: string;
  readonly format?: "ext4" | "btrfs" | "xfs" | "vfat" | "swap" | "none";
  readonly path?: string;
  readonly label?: string;
  readonly wipeFilesystem?: boolean;
  readonly mountOptions?: readonly string[];
}

/** A drop-in of a unit. */
export interface IgnitionDropin {
  readonly name: string;
  readonly contents?: string;
}

/** A systemd unit. */
export interface IgnitionUnit {
  readonly name: string;
  readonly enabled?: boolean;
  readonly mask?: boolean;
  readonly contents?: string;
  readonly dropins?: readonly IgnitionDropin[];
}

/** A user. */
export interface IgnitionUser {
  readonly name: string;
  readonly sshAuthorizedKeys?: readonly string[];
  readonly groups?: readonly string[];
  readonly shell?: string;
}

/** A whole config. */
export interface IgnitionConfig {
  readonly ignition: {
    readonly version: IgnitionVersion;
    readonly config?: {
      readonly merge?: readonly IgnitionResource[];
      readonly replace?: IgnitionResource;
    };
  };
  readonly kernelArguments?: {
    readonly shouldExist?: readonly string[];
    readonly shouldNotExist?: readonly string[];
  };
  readonly passwd?: { readonly users?: readonly IgnitionUser[] };
  readonly storage?: {
    readonly disks?: readonly IgnitionDisk[];
    readonly filesystems?: readonly IgnitionFilesystem[];
    readonly directories?: readonly IgnitionDirectory[];
    readonly files?: readonly IgnitionFile[];
    readonly links?: readonly IgnitionLink[];
  };
  readonly systemd?: { readonly units?: readonly IgnitionUnit[] };
}
