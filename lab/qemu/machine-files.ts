/**
 * Puts a machine's files into its folder: kernel, initramfs with its identity, and an empty disk.
 * Nothing of the cache is needed afterwards.
 */
import { copyFile, link, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { runCommand } from "../../images/build/command";
import { packCpio } from "../../images/build/cpio";
import type { TreeEntry } from "../../images/build/tree";
import { MACHINE_FILES } from "./qemu-arguments";

/** Spread out, so that an empty disk of any size takes little of the host's. */
const FILE_SYSTEM = [
  ...["-q", "-F", "-t", "ext4", "-m", "0", "-J", "size=16"],
  ...["-E", "root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard"],
];

/** What a machine's files are made of. */
export interface MachineParts {
  /** The kernel's image. */
  readonly kernel: string;
  /** cpio archives; later ones go over earlier ones. */
  readonly archives: readonly string[];
  /** Goes over all of them. */
  readonly identity: readonly TreeEntry[];
  readonly diskMiB: number;
}

/** Writes the files; what a former installation left is replaced. */
export async function writeMachineFiles(
  folder: string,
  { kernel, archives, identity, diskMiB }: MachineParts,
  { signal }: CallOptions,
): Promise<void> {
  await linkOrCopy(kernel, path.join(folder, MACHINE_FILES.kernel));
  const contents = await Promise.all(archives.map((it) => readFile(it)));
  const initramfs = path.join(folder, MACHINE_FILES.initramfs);
  await writeFile(`${initramfs}.new`, [...contents, packCpio(identity)], { mode: 0o600 });
  await rename(`${initramfs}.new`, initramfs);
  const disk = path.join(folder, MACHINE_FILES.disk);
  await rm(disk, { force: true });
  await writeFile(disk, "", { mode: 0o600 });
  await truncate(disk, diskMiB * 1024 * 1024);
  await runCommand(["mke2fs", ...FILE_SYSTEM, disk], { signal });
}

/** A built kernel never changes, so one file can serve all machines of a file system. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(from, to);
  });
}
