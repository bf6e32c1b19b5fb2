/** What StarlingX for arm64 lacks, as far as a cluster file can be wrong about it; told by whoever has the tables. */
import type { KernelVariantName } from "../../../core/names";

/** A driver that the port left out. */
export interface MissingDriver {
  /** StarlingX' package of it. */
  readonly package: string;
  /** Whether the Linux kernel has one of its own. */
  readonly inTree: boolean;
}

/** A configuration that was shown to work with a kernel. */
export interface VerifiedPair {
  /** `aio-dx`, or `distributed-cloud`. */
  readonly configuration: string;
  readonly kernel: KernelVariantName;
  /** Configurations of the sites of a distributed cloud. */
  readonly sites?: { readonly central: string; readonly subcloud: string };
}

/** See the header. */
export interface ArmOffer {
  /** Names of drivers and their packages. */
  readonly drivers: Readonly<Record<string, MissingDriver>>;
  /** Package → why it is not there. */
  readonly packages: Readonly<Record<string, string>>;
  /** Device plug-in → why it is of no use. */
  readonly plugins: Readonly<Record<string, string>>;
  /** `key=value` → why the label is of no use. */
  readonly labels: Readonly<Record<string, string>>;
  /** Container images of the release that need a replacement. */
  readonly withoutArm64: readonly string[];
  /** What was shown to work. */
  readonly verified: readonly VerifiedPair[];
  /** Container images that a bootstrap pulls. */
  readonly containerImages: readonly string[];
}
