/**
 * Versions of Docker Engine that were seen on an ARM64 board before there were any for it. Data only. Source: Hypriot's
 * article on the HiSilicon D02 (2016). Since then "docker daemon" became dockerd, dockerinit became containerd and runc, and
 * the storage driver overlay became overlay2.
 */

/** A version that was seen running on an ARM64 board. */
export interface SeenEngine {
  readonly version: string;
  readonly api: string;
  /** How it was built: without packages for the architecture, on the board itself. */
  readonly built: string;
}

/** In the order of their builds. */
export const SEEN_ENGINES: readonly SeenEngine[] = [
  { version: "1.10.2", api: "1.22", built: "dynamic binary, Go 1.6, with dockerinit beside it" },
  { version: "1.11.0-dev", api: "1.23", built: "static binary, built in a container on the board" },
];
