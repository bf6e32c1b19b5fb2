/**
 * Kernels, ramdisks and kernel arguments of the systems that boot over the network. Sources: poseidon/matchbox
 * v0.11.0, examples/profiles; flatcar.org/docs/latest/installing/bare-metal/booting-with-ipxe; Fedora CoreOS,
 * docs.fedoraproject.org/en-US/fedora-coreos/live-booting. Pure.
 */
import type { BootEntry } from "./boot-files";

/** Variables of iPXE's that tell the server who asks; iPXE fills them in. */
export const REQUEST_QUERY = "uuid=${uuid}&mac=${mac:hexhyp}";

/** Where things are. */
export interface NetbootPlaces {
  /** URL or path of the folder with the system's files, without a slash at the end. */
  readonly assets: string;
  /** URL of the Ignition endpoint, without a query. */
  readonly ignition: string;
}

/** What may be asked for beside. */
export interface NetbootOptions {
  /** Whether the console needs no login. @default false */
  readonly autologin?: boolean;
  /** Query of the Ignition endpoint. @default who asks */
  readonly query?: string;
  /** Disk that is installed to; Fedora CoreOS's installer needs one. */
  readonly installDevice?: string;
  /** Further arguments, after all others. @default none */
  readonly extra?: readonly string[];
}

/** Names of Fedora CoreOS's files for a version. */
const fedoraFiles = (version: string) => ({
  kernel: `fedora-coreos-${version}-live-kernel-aarch64`,
  initrd: `fedora-coreos-${version}-live-initramfs.aarch64.img`,
  rootfs: `fedora-coreos-${version}-live-rootfs.aarch64.img`,
});

/** Flatcar: kernel and one ramdisk that is the whole system. */
export function flatcarBoot(
  { assets, ignition }: NetbootPlaces,
  { autologin = false, query = REQUEST_QUERY, extra = [] }: NetbootOptions = {},
): BootEntry {
  const initrd = "flatcar_production_pxe_image.cpio.gz";
  return {
    kernel: `${assets}/flatcar_production_pxe.vmlinuz`,
    initrd: [`${assets}/${initrd}`],
    args: [
      `initrd=${initrd}`,
      "flatcar.first_boot=yes",
      `flatcar.config.url=${ignition}?${query}`,
      ...(autologin ? ["flatcar.autologin"] : []),
      ...extra,
    ],
  };
}

/** Fedora CoreOS that runs from memory, or installs itself when a disk is named. */
export function fedoraCoreosBoot(
  { assets, ignition }: NetbootPlaces,
  version: string,
  { query = REQUEST_QUERY, installDevice, extra = [] }: NetbootOptions = {},
): BootEntry {
  const files = fedoraFiles(version);
  const config = `${ignition}?${query}`;
  const how =
    installDevice === undefined
      ? ["ignition.firstboot", "ignition.platform.id=metal", `ignition.config.url=${config}`]
      : [`coreos.inst.install_dev=${installDevice}`, `coreos.inst.ignition_url=${config}`];
  return {
    kernel: `${assets}/${files.kernel}`,
    initrd: [`--name main ${assets}/${files.initrd}`],
    args: ["initrd=main", `coreos.live.rootfs_url=${assets}/${files.rootfs}`, ...how, ...extra],
  };
}

/** CoreOS of old, until 2020: other words for what Flatcar has now. There was no ARM64 release of it. */
export function coreosLegacyBoot(
  { assets, ignition }: NetbootPlaces,
  { autologin = false, query = REQUEST_QUERY, extra = [] }: NetbootOptions = {},
): BootEntry {
  const initrd = "coreos_production_pxe_image.cpio.gz";
  return {
    kernel: `${assets}/coreos_production_pxe.vmlinuz`,
    initrd: [`${assets}/${initrd}`],
    args: [
      `initrd=${initrd}`,
      "coreos.first_boot=1",
      `coreos.config.url=${ignition}?${query}`,
      "coreos.oem.id=pxe",
      ...(autologin ? ["coreos.autologin"] : []),
      ...extra,
    ],
  };
}
