/** Versions of kernels as far as requirements know them: major and minor. Pure. */

/** `[6, 12]` of `6.12.117+deb13-arm64`. */
export type KernelVersion = readonly [major: number, minor: number];

/** A version in a table: `4.15`. */
export type VersionText = `${number}.${number}`;

/** Reads a release as `uname -r` prints it, or only a version. @returns undefined for what is none */
export function tryParseVersion(release: string): KernelVersion | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,4})(?!\d)/.exec(release) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** Negative when the left one is older, 0 when both are the same. */
export function compareVersions(left: KernelVersion, right: KernelVersion): number {
  return left[0] - right[0] || left[1] - right[1];
}

/** Whether a version is older than one of a table. */
export function isBefore(version: KernelVersion, text: VersionText): boolean {
  const [major = 0, minor = 0] = text.split(".").map(Number);
  return compareVersions(version, [major, minor]) < 0;
}
