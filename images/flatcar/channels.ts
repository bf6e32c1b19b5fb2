/**
 * Where images of Flatcar Container Linux are. Sources: flatcar.org/releases; flatcar.org/docs/latest,
 * "Notes for distributors"; poseidon/matchbox, scripts/get-flatcar (which fetches amd64 only).
 */
import type { Architecture } from "../../core/names";

/** Channels; what is in lts changes least. */
export const FLATCAR_CHANNELS = ["stable", "lts", "beta", "alpha"] as const;
/** A channel. */
export type FlatcarChannel = (typeof FLATCAR_CHANNELS)[number];

/** Boards, which is what Flatcar calls architectures. */
export const FLATCAR_BOARDS: Readonly<Record<Architecture, string>> = {
  arm64: "arm64-usr",
  amd64: "amd64-usr",
};

/** Files of a release. */
export const FLATCAR_FILES = {
  /** Kernel for booting over the network. */
  kernel: "flatcar_production_pxe.vmlinuz",
  /** Ramdisk for it: the whole system. */
  initrd: "flatcar_production_pxe_image.cpio.gz",
  /** Disk image, for flatcar-install. */
  disk: "flatcar_production_image.bin.bz2",
  /** Says what the release is. */
  version: "version.txt",
  /** Disk image for QEMU; ARM64 has only the one that boots by UEFI. */
  qemu: "flatcar_production_qemu_uefi_image.img",
  qemuEfiCode: "flatcar_production_qemu_uefi_efi_code.qcow2",
  qemuEfiVars: "flatcar_production_qemu_uefi_efi_vars.qcow2",
} as const;

/** Key of {@link FLATCAR_FILES.version}; older documents say COREOS_VERSION_ID. */
export const FLATCAR_VERSION_KEY = "FLATCAR_VERSION_ID";

/** Key that files are signed with; a signature is a file's URL and `.sig`. */
export const FLATCAR_SIGNING_KEY =
  "https://www.flatcar.org/security/image-signing-key/Flatcar_Image_Signing_Key.asc";

/**
 * Folder of a release.
 * @param channel - of which
 * @param version - such as 3815.2.0, or `current`
 */
export function flatcarFolder(
  channel: FlatcarChannel,
  version = "current",
  architecture: Architecture = "arm64",
): string {
  const board = FLATCAR_BOARDS[architecture];
  return `https://${channel}.release.flatcar-linux.net/${board}/${version}`;
}

/** URL of a file of a release. */
export function flatcarUrl(
  file: keyof typeof FLATCAR_FILES,
  channel: FlatcarChannel,
  version?: string,
): string {
  return `${flatcarFolder(channel, version)}/${FLATCAR_FILES[file]}`;
}
