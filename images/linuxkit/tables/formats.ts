/**
 * What `linuxkit build` writes, and what of it an arm64 machine boots. Data only. Source: linuxkit/linuxkit,
 * src/cmd/linuxkit/moby/build/output.go; upstream's own tests of the other formats carry the label amd64, but
 * for vhd and dynamic-vhd, which follow from what they hold: a BIOS image.
 */

/** A format. */
export interface OutputFormat {
  readonly name: string;
  /** Files that it writes; `<n>` is the image's name. */
  readonly files: readonly string[];
  /** Why no arm64 machine boots it; undefined when one does. */
  readonly notOnArm64?: string;
}

const BIOS = "a BIOS image; ARM64 machines boot by UEFI";

/** All formats; the first one is linuxkit's default. */
export const OUTPUT_FORMATS: readonly [OutputFormat, ...OutputFormat[]] = [
  { name: "kernel+initrd", files: ["<n>-kernel", "<n>-initrd.img", "<n>-cmdline"] },
  { name: "tar-kernel-initrd", files: ["<n>-initrd.tar"] },
  { name: "kernel+squashfs", files: ["<n>-kernel", "<n>-squashfs.img", "<n>-cmdline"] },
  { name: "kernel+erofs", files: ["<n>-kernel", "<n>-erofs.img", "<n>-cmdline"] },
  { name: "kernel+iso", files: ["<n>-kernel", "<n>.iso", "<n>-cmdline"] },
  { name: "iso-efi", files: ["<n>-efi.iso"] },
  { name: "iso-efi-initrd", files: ["<n>-efi-initrd.iso"] },
  { name: "raw-efi", files: ["<n>-efi.img"] },
  { name: "qcow2-efi", files: ["<n>-efi.qcow2"] },
  // For one board only, which is an arm64 one.
  { name: "rpi3", files: ["<n>.tar"] },
  { name: "tar", files: ["<n>.tar"] },
  { name: "docker", files: ["<n>.docker"] },
  { name: "iso-bios", files: ["<n>.iso"], notOnArm64: BIOS },
  { name: "raw-bios", files: ["<n>-bios.img"], notOnArm64: BIOS },
  { name: "qcow2-bios", files: ["<n>.qcow2"], notOnArm64: BIOS },
  { name: "aws", files: ["<n>.raw"], notOnArm64: `${BIOS}: use raw-efi for arm64 instances` },
  { name: "gcp", files: ["<n>.img.tar.gz"], notOnArm64: BIOS },
  { name: "vhd", files: ["<n>.vhd"], notOnArm64: BIOS },
  { name: "dynamic-vhd", files: ["<n>.vhd"], notOnArm64: BIOS },
  { name: "vmdk", files: ["<n>.vmdk"], notOnArm64: BIOS },
];
