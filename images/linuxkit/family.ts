/**
 * LinuxKit on arm64: a system put together of container images by one YAML file. Source: linuxkit/linuxkit
 * at 3bf33c3a (tag v1.8.2), its docs/ and kernel/; what was first seen working on an arm64 server in 2017 is in the
 * README of the branch aarch64 of arm64b/linuxkit.
 */
import type { ImageFamily } from "../family";
import { KERNEL_SERIES } from "./tables/kernels";

const [{ series }] = KERNEL_SERIES;

/** See the header. A release is a series of kernels: the rest of an image is the user's own file. */
export const LINUXKIT: ImageFamily = {
  name: "linuxkit",
  title: "LinuxKit",
  summary: "an immutable system that one YAML file puts together of container images",
  source: "https://github.com/linuxkit/linuxkit",
  releases: [
    {
      release: series,
      codename: "current",
      kernels: { standard: { from: `linuxkit/kernel ${series}` } },
    },
    ...KERNEL_SERIES.filter((it) => it.state === "current" && it.series !== series).map((it) => ({
      release: it.series,
      codename: "previous",
      kernels: { standard: { from: `linuxkit/kernel ${it.series}` } },
    })),
  ],
  bootMethods: ["ipxe", "direct-kernel", "iso", "disk-image"],
  machines: ["metal", "lab/qemu"],
  reachedBy: "user-data",
  kernelArguments: "image-file",
  components: [
    { name: "kernel", purpose: "kernel and modules, built for arm64 since 4.11", tested: true },
    { name: "init", purpose: "starts onboot containers one by one, then services", tested: true },
    { name: "runc", purpose: "runs onboot and onshutdown containers", tested: true },
    { name: "containerd", purpose: "runs services", tested: true },
    { name: "getty", purpose: "login on the console ttyAMA0", tested: true },
    {
      name: "dhcpcd",
      purpose: "addresses; needs the module of the network card first",
      tested: true,
    },
    { name: "metadata", purpose: "unpacks user data below /run/config", tested: false },
    { name: "sshd", purpose: "remote login, where an image has it", tested: false },
  ],
  lacks: [
    {
      what: "a real-time kernel",
      why: "no -rt series is kept: the last one, 5.11, sets PREEMPT_RT_FULL and PREEMPT_RT_BASE, which kernels from 5.4 on do not know, and the tag 6.6.71-rt of the VMware example has no build; use a kernel image of your own",
    },
    {
      what: "processor microcode (kernel.ucode)",
      why: "it is a matter of x86 processors: leave it out, or empty it where a file for x86 sets it",
    },
    {
      what: "BIOS formats: iso-bios, raw-bios, qcow2-bios, aws, gcp, vhd, dynamic-vhd, vmdk",
      why: "ARM64 machines boot by UEFI, or take a kernel and an initial ramdisk",
    },
    {
      what: "kernel series 5.4",
      why: "upstream built it for x86 only",
    },
    {
      what: "the examples docker, tpm, wireguard and docker-for-mac, and the packages binfmt, getty-containerd and mkimage, as tested ones",
      why: "upstream's tests of them carry the label amd64, and are skipped on arm64 hosts",
    },
    {
      what: "a choice of architecture by the machine's type in linuxkit run",
      why: "it knows the machine types baremetal_2a and baremetal_2a2 as arm64, and takes all later ones for x86",
    },
  ],
};
