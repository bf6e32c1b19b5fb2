/**
 * Debian for arm64: kernels from the packages linux-image-arm64 and linux-image-rt-arm64. The
 * latter has CONFIG_PREEMPT_RT since Debian 12 (6.1 with the patch, from 6.12 on without one).
 */
import type { ImageFamily, ImageRelease } from "./family";

/** See the header. */
export const DEBIAN: ImageFamily = {
  name: "debian",
  title: "Debian",
  summary: "Debian with its own standard and real-time kernels",
  source: "packages.debian.org: linux-image-arm64, linux-image-rt-arm64",
  releases: [release("13", "trixie"), release("12", "bookworm")],
  bootMethods: ["installed"],
  machines: ["metal", "lab/qemu", "lab/process"],
  reachedBy: "ssh",
  kernelArguments: "boot-loader",
  realtimeProof: "uname -v says PREEMPT_RT",
  components: [
    { name: "systemd", purpose: "init", tested: true },
    { name: "openssh-server", purpose: "login", tested: true },
  ],
  lacks: [
    {
      what: "/proc/config.gz",
      why: "its kernels are built without CONFIG_IKCONFIG_PROC; /boot/config-* is read instead",
    },
  ],
};

function release(number: string, codename: string): ImageRelease {
  return {
    release: number,
    codename,
    kernels: {
      standard: { from: "package linux-image-arm64", operatingSystem: `debian_${number}` },
      realtime: { from: "package linux-image-rt-arm64", operatingSystem: `debian_${number}_rt` },
    },
  };
}
