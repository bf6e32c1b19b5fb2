/** The CoreOS image for ARM64 of 2015: built by hand, before CoreOS had any, and never followed by an official one. */
import type { ImageFamily } from "../family";
import { COREOS_COMPONENTS } from "./components";

/** See the header. */
export const COREOS: ImageFamily = {
  name: "coreos",
  title: "CoreOS ARM64 (2015)",
  summary: "the hand-built CoreOS image for QEMU, which reads a cloud-config",
  source: "CoreOS ARM64 QEMU image, 2015-06-01; varakur/arm64-coreos on Docker Hub",
  releases: [
    {
      release: "2015.06",
      codename: "arm64-coreos",
      kernels: { standard: { from: "varakur/arm64-coreos" } },
    },
  ],
  bootMethods: ["disk-image", "ipxe"],
  machines: ["metal"],
  reachedBy: "user-data",
  kernelArguments: "boot-script",
  components: COREOS_COMPONENTS.map(({ row: _, ...component }) => component),
  lacks: [
    {
      what: "realtime kernel",
      why: "the image has one kernel, without PREEMPT_RT",
    },
    {
      what: "updates",
      why: "CoreOS published no ARM64 image, so there is nothing to update from; Container Linux ended in 2020",
    },
    {
      what: "tested container tools beside docker",
      why: "of 21 ported components, basic functions of five were tested: systemd, etcd, fleet, docker, grub2",
    },
    {
      what: "etcd 3",
      why: "the image is older: it has etcd 2 and 0.4, whose data later versions do not read",
    },
    {
      what: "a working Ignition",
      why: "it was ported and not tested, and its configs were of version 1; the image reads a cloud-config",
    },
  ],
};
