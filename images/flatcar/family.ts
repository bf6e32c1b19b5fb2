/** Flatcar Container Linux for arm64, as machines boot it over the network: what came after CoreOS Container Linux. */
import type { ImageFamily, ImageRelease } from "../family";
import { FLATCAR_CHANNELS, flatcarUrl } from "./channels";

const [first, ...others] = FLATCAR_CHANNELS.map((channel): ImageRelease => ({
  release: channel,
  codename: channel,
  kernels: { standard: { from: flatcarUrl("kernel", channel) } },
})) as [ImageRelease, ...ImageRelease[]];

/** See the header. */
export const FLATCAR: ImageFamily = {
  name: "flatcar",
  title: "Flatcar Container Linux",
  summary: "the successor of CoreOS, booted by iPXE, which reads Ignition 3.3 and 3.4",
  source: "flatcar.org/docs/latest",
  releases: [first, ...others],
  bootMethods: ["ipxe", "disk-image"],
  machines: ["metal"],
  reachedBy: "user-data",
  kernelArguments: "boot-script",
  components: [],
  lacks: [
    { what: "realtime kernel", why: "Flatcar builds one kernel, without PREEMPT_RT" },
    { what: "boot by BIOS", why: "ARM64 machines boot by UEFI, and so does its image for QEMU" },
    {
      what: "etcd 2, fleet, flannel and rkt",
      why: "Container Linux dropped them in 2018; etcd and flannel come as archives here",
    },
    {
      what: "changes of /usr",
      why: "it is read-only and replaced as a whole: programs of one's own go to /opt",
    },
  ],
};
