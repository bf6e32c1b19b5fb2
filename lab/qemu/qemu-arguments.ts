/** QEMU's command line for a machine. Pure: paths are relative to the machine's folder. */
import { createHash } from "node:crypto";
import { BOOT_WORD } from "../../images/build/guest/machine-init";
import type { BootMode, MachineSpec } from "../machine-driver";

/** Names of the files in a machine's folder. */
export const MACHINE_FILES = {
  kernel: "vmlinuz",
  initramfs: "initramfs.cpio",
  disk: "disk.img",
  console: "console.log",
  monitor: "qmp",
} as const;

/** Arguments after the program's name. */
export function qemuArguments(spec: MachineSpec, mode: BootMode): string[] {
  const { kernel, initramfs, disk, console, monitor } = MACHINE_FILES;
  return [
    ...["-name", spec.hostname],
    // Newer models cost more to emulate: pointer authentication alone triples the boot.
    ...["-M", "virt", "-cpu", "cortex-a72", "-accel", "tcg"],
    ...["-smp", String(spec.cpus), "-m", String(spec.memoryMiB)],
    ...["-nodefaults", "-no-user-config", "-display", "none", "-monitor", "none"],
    ...["-serial", `file:${console}`, "-qmp", `unix:${monitor},server=on,wait=off`],
    ...["-kernel", kernel, "-initrd", initramfs],
    ...["-append", `console=ttyAMA0 quiet panic=10 ${BOOT_WORD}=${mode}`],
    ...["-device", "virtio-rng-pci"],
    // The host's page cache is the disk's: a machine's power cut loses nothing that its kernel wrote.
    ...["-drive", `if=none,id=disk,file=${disk},format=raw,cache=unsafe,discard=unmap`],
    ...["-device", "virtio-blk-pci,drive=disk"],
    ...["-netdev", `user,id=public,hostfwd=tcp:${spec.address}:${spec.sshPort}-:22`],
    ...["-device", networkCard("public", spec.id)],
    ...["-netdev", lanSocket(spec)],
    ...["-device", networkCard("lan", spec.id)],
  ];
}

/** The card's hardware address: QEMU's own default is the same in every process. */
export function hardwareAddress(network: string, id: string): string {
  const hash = createHash("sha256").update(`${network} ${id}`).digest();
  // The first byte says "locally administered, one receiver".
  return ["52", ...[...hash.subarray(0, 5)].map((it) => it.toString(16).padStart(2, "0"))].join(
    ":",
  );
}

function networkCard(network: string, id: string): string {
  // Without "romfile=" QEMU wants a network boot program that Debian packages apart.
  return `virtio-net-pci,netdev=${network},romfile=,mac=${hardwareAddress(network, id)}`;
}

function lanSocket({ lanPort, switchPort }: MachineSpec): string {
  const local = `local.type=inet,local.host=127.0.0.1,local.port=${lanPort}`;
  return `dgram,id=lan,${local},remote.type=inet,remote.host=127.0.0.1,remote.port=${switchPort}`;
}
