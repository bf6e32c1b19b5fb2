/**
 * How ARM64 machines are told what to load: the number by which their firmware asks (DHCP option 93), and the
 * names of boot loaders. Sources: IANA, Processor Architecture Types (RFC 4578, RFC 5970); UEFI 2.10, 3.5.1.1.
 */

/** Number of the DHCP option that says what the firmware is. */
export const CLIENT_ARCH_OPTION = 93;

/** Values of the option; ARM64 machines have UEFI and nothing else. */
export const CLIENT_ARCHITECTURES = {
  /** UEFI that loads by TFTP. */
  arm64Efi: 11,
  /** UEFI that loads by HTTP. */
  arm64EfiHttp: 19,
} as const;

/** Name that firmware looks for on a disk of its own accord: in `EFI/BOOT/`. */
export const DEFAULT_LOADER = "BOOTAA64.EFI";

/** Loaders for ARM64; what x86 has by the names of ipxe.efi (x86_64) and undionly.kpxe does not run here. */
export const ARM64_LOADERS = {
  /** Built from iPXE's source as bin-arm64-efi/ipxe.efi: it brings its own network drivers. */
  ipxe: "bin-arm64-efi/ipxe.efi",
  /** Uses the firmware's network driver, for cards that iPXE does not know. */
  snp: "bin-arm64-efi/snp.efi",
  shim: "shimaa64.efi",
  grub: "grubaa64.efi",
} as const;

/**
 * The loader for a machine by the number that its firmware sent; undefined when it is no ARM64 machine.
 * @param clientArch - value of option 93
 * @param base - URL of the folder with loaders, for firmware that loads by HTTP
 */
export function loaderFor(clientArch: number, base: string): string | undefined {
  if (clientArch === CLIENT_ARCHITECTURES.arm64Efi) return ARM64_LOADERS.ipxe;
  if (clientArch !== CLIENT_ARCHITECTURES.arm64EfiHttp) return undefined;
  return `${base.replace(/\/$/, "")}/${ARM64_LOADERS.ipxe}`;
}

/** Lines for dnsmasq: ARM64 firmware gets iPXE, and iPXE gets its script. */
export function dnsmasqLines(scriptUrl: string): readonly string[] {
  return [
    `dhcp-match=set:arm64,option:client-arch,${CLIENT_ARCHITECTURES.arm64Efi}`,
    "dhcp-userclass=set:ipxe,iPXE",
    `dhcp-boot=tag:arm64,tag:!ipxe,${ARM64_LOADERS.ipxe}`,
    `dhcp-boot=tag:ipxe,${scriptUrl}`,
  ];
}
