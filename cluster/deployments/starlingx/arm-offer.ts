/** What StarlingX for arm64 lacks, as far as a cluster file can be wrong about it; told by whoever has the tables. */

/** A driver that the port left out. */
export interface MissingDriver {
  /** StarlingX' package of it. */
  readonly package: string;
  /** Whether the Linux kernel has one of its own. */
  readonly inTree: boolean;
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
  /** Container images that a bootstrap pulls. */
  readonly containerImages: readonly string[];
}
