/**
 * Profiles and groups of machines that boot over the network: what Matchbox keeps as JSON files. Source:
 * poseidon/matchbox v0.11.0, docs/matchbox.md and matchbox/storage/storagepb.
 */

/** What the boot loader fetches. */
export interface BootEntry {
  /** URL, or a path below the server's own. */
  readonly kernel: string;
  /** URLs or paths; each may begin with `--name NAME `. */
  readonly initrd: readonly string[];
  /** Kernel arguments; written with a space between them, unescaped. */
  readonly args: readonly string[];
}

/** How a machine boots, and which config it is handed. */
export interface BootProfile {
  readonly id: string;
  readonly name?: string;
  readonly boot: BootEntry;
  /** File below `ignition/`. */
  readonly ignition_id?: string;
  /** File below `cloud/`; upstream calls it deprecated. */
  readonly cloud_id?: string;
  /** File below `generic/`. */
  readonly generic_id?: string;
}

/** Which machines boot by a profile. */
export interface BootGroup {
  readonly id: string;
  readonly name?: string;
  /** Id of a profile. */
  readonly profile: string;
  /** Label → value that a machine must have. Empty: every machine. */
  readonly selector: Readonly<Record<string, string>>;
  /** Any JSON, for templates and `/metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Profiles and groups that belong together. */
export interface BootFiles {
  readonly profiles: readonly BootProfile[];
  readonly groups: readonly BootGroup[];
}

/** Name of the file that a profile or group is kept in. */
export function fileNameOf({ id }: Pick<BootGroup, "id">): string {
  return `${id}.json`;
}
