/**
 * Debian for arm64: kernels from the packages linux-image-arm64 and linux-image-rt-arm64. The
 * latter has CONFIG_PREEMPT_RT since Debian 12 (6.1 with the patch, from 6.12 on without one).
 */
import type { ImageFamily } from "./family";

/** See the header. */
export const DEBIAN: ImageFamily = {
  name: "debian",
  summary: "Debian with its own standard and real-time kernels",
  releases: [
    {
      release: "13",
      codename: "trixie",
      operatingSystems: { standard: "debian_13", realtime: "debian_13_rt" },
    },
    {
      release: "12",
      codename: "bookworm",
      operatingSystems: { standard: "debian_12", realtime: "debian_12_rt" },
    },
  ],
};
