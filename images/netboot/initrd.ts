/**
 * How a kernel that boots by EFI finds its initial ramdisk: by name. iPXE keeps each one as a file, and the EFI
 * stub of the kernel opens what `initrd=` says; without it an ARM64 kernel boots without any. Source: iPXE,
 * ipxe.org/cmd/initrd and src/image/efi_image.c; ARM64 machines boot by UEFI only. Pure.
 */
import type { BootEntry } from "./boot-files";

const NAMED = /^--name\s+(\S+)\s+(\S+)/;

/** The name that a ramdisk is opened by: its own, or the last part of its path. */
export function initrdName(initrd: string): string {
  const [, name] = NAMED.exec(initrd) ?? [];
  if (name !== undefined) return name;
  return (
    initrd
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1) ?? ""
  );
}

/** Names of ramdisks that no `initrd=` of the kernel's arguments opens. */
export function missingInitrds({ initrd, args }: Pick<BootEntry, "initrd" | "args">): string[] {
  const opened = args
    .flatMap((it) => it.split(/\s+/))
    .filter((it) => it.startsWith("initrd="))
    .map((it) => it.slice("initrd=".length));
  return initrd.map(initrdName).filter((name) => !opened.includes(name));
}
