/**
 * What StarlingX for arm64 cannot do, and why. Data only. Sources: StarlingX on ARM development status; specification "Enablement On Arm
 * Platform" of StarlingX 9; UEFI specification for names of loaders, IANA for architectures in DHCP.
 */

/** One limit. */
export interface StarlingxLimit {
  readonly name: string;
  /** What holds, as a clause. */
  readonly rule: string;
  readonly why: string;
  readonly severity: "error" | "warning" | "info";
}

/** See the header. */
export const STARLINGX_LIMITS: readonly StarlingxLimit[] = [
  {
    name: "uefi-only",
    rule: "firmware is UEFI",
    why: "there is grub-efi only, for the ISO and for PXE; syslinux was taken out",
    severity: "error",
  },
  {
    name: "no-secure-boot",
    rule: "secure boot is off",
    why: "its design is for x86-64 and has to be made anew",
    severity: "error",
  },
  {
    name: "pxeboot-ipv4",
    rule: "pxeboot is IPv4",
    why: "UEFI boots over IPv4 only, on any architecture",
    severity: "error",
  },
  {
    name: "no-qat",
    rule: "there is no QAT plug-in, nor its label",
    why: "qat1.7.l was left out for both kernels",
    severity: "error",
  },
  {
    name: "no-intel-only",
    rule: "there are no pcm, opae-sdk, iqvlinux and Intel GPU plug-in",
    why: "they are for Intel hardware",
    severity: "error",
  },
  {
    name: "no-qemu",
    rule: "no virtual machines by StarlingX' own qemu",
    why: "the package was left out",
    severity: "error",
  },
  {
    name: "no-ice-package",
    rule: "no ice driver of StarlingX' own",
    why: "ice and ice-cvl-2.54 were left out for both kernels",
    severity: "warning",
  },
  {
    name: "no-bnxt-package",
    rule: "no bnxt-en driver of StarlingX' own",
    why: "the package was left out for both kernels",
    severity: "warning",
  },
  {
    name: "container-images",
    rule: "some container images need a replacement",
    why: "they have no build for arm64",
    severity: "warning",
  },
  {
    name: "porting-branch",
    rule: "an ISO of the porting branch is needed",
    why: "the bootstrap of StarlingX' main branch has no word on arm64",
    severity: "info",
  },
];

/** Device plug-ins of Kubernetes that are for Intel hardware, the label that asks for each, and why. */
export const INTEL_PLUGINS: readonly { plugin: string; label: string; why: string }[] = [
  {
    plugin: "intel-gpu-plugin",
    label: "intelgpu=enabled",
    why: "there is no Intel GPU in a machine of arm64",
  },
  {
    plugin: "intel-qat-plugin",
    label: "intelqat=enabled",
    why: "qat1.7.l was left out for both kernels",
  },
];

/** One entry of the installer's menu. */
export interface InstallerEntry {
  /** Value of `update-iso.sh -d`. */
  readonly number: number;
  readonly systemType: "Standard" | "All-in-one";
  readonly kernel: "standard" | "lowlatency";
  readonly console: "serial" | "graphical";
}

/** There is none for Standard with the low-latency kernel. Source: StarlingX' page on subclouds without Redfish. */
export const INSTALLER_MENU: readonly InstallerEntry[] = [
  { number: 0, systemType: "Standard", kernel: "standard", console: "serial" },
  { number: 1, systemType: "Standard", kernel: "standard", console: "graphical" },
  { number: 2, systemType: "All-in-one", kernel: "standard", console: "serial" },
  { number: 3, systemType: "All-in-one", kernel: "standard", console: "graphical" },
  { number: 4, systemType: "All-in-one", kernel: "lowlatency", console: "serial" },
  { number: 5, systemType: "All-in-one", kernel: "lowlatency", console: "graphical" },
];

/** The entry for a machine; undefined when the menu has none. */
export function tryInstallerEntry(
  wanted: Omit<InstallerEntry, "number">,
): InstallerEntry | undefined {
  return INSTALLER_MENU.find(
    (it) =>
      it.systemType === wanted.systemType &&
      it.kernel === wanted.kernel &&
      it.console === wanted.console,
  );
}

/** How machines find the loader. */
export const NETWORK_BOOT = {
  /** Loader of removable media, and grub's own. */
  loaders: ["BOOTAA64.EFI", "grubaa64.efi"],
  /** Client architecture of DHCP's option 93 for UEFI on arm64. */
  dhcpArchitecture: 11,
} as const;

/** Ways in which a delivered ISO was changed: container images inside, and another disk to install to. */
export const ISO_VARIANTS = [
  { suffix: "", hasContainerImages: false, installDisk: "sda" },
  { suffix: "-nvme", hasContainerImages: false, installDisk: "nvme0n1" },
  { suffix: "-bundle", hasContainerImages: true, installDisk: "sda" },
  { suffix: "-bundle-nvme", hasContainerImages: true, installDisk: "nvme0n1" },
] as const;
