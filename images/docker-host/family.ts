/**
 * Ubuntu for arm64, as a host of Docker Engine: the userland of the first 16-core ARMv8 board that ran it. Sources:
 * Hypriot's article on the HiSilicon D02 (2016); packages.ubuntu.com for today's releases.
 */
import type { ImageFamily, ImageRelease } from "../family";
import { D02 } from "./board";
import { SEEN_ENGINES } from "./engine";

/** See the header. Slugs are those of Packet-style APIs. */
export const DOCKER_HOST: ImageFamily = {
  name: "docker-host",
  title: "Ubuntu with Docker",
  summary: "Ubuntu's 64-bit userland as a host of Docker Engine",
  source:
    "https://blog.hypriot.com/post/getting-docker-running-on-a-highdensity-armv8-server-from-hisilicon/",
  releases: [release("24.04", "noble"), release("22.04", "jammy")],
  bootMethods: ["installed"],
  machines: ["metal"],
  reachedBy: "ssh",
  kernelArguments: "boot-loader",
  components: [
    { name: "systemd", purpose: "init", tested: true },
    { name: "openssh-server", purpose: "login", tested: true },
    ...SEEN_ENGINES.map(({ version, built }) => ({
      name: `dockerd ${version}`,
      purpose: `engine, on ${D02.name}: ${built}`,
      tested: true,
      successor: "dockerd 20.10 and later, with builds for arm64",
    })),
    { name: "overlay", purpose: "storage driver", tested: true, successor: "overlay2" },
  ],
  lacks: [
    {
      what: "32-bit images (linux/arm/v7)",
      why: "they run where processor and kernel have AArch32, which many ARM64 server processors lack: an image for arm/v7 is none for arm64",
    },
    {
      what: "a real-time kernel",
      why: "Ubuntu has one for subscribers only, in an archive of its own: nothing here can install it",
    },
    {
      what: "the storage drivers aufs and zfs",
      why: "the first never was part of Linux, the second needs a module from outside: overlay2 needs neither",
    },
  ],
};

function release(number: string, codename: string): ImageRelease {
  const operatingSystem = `ubuntu_${number.replace(".", "_")}`;
  return {
    release: number,
    codename,
    kernels: { standard: { from: "package linux-image-generic", operatingSystem } },
  };
}
