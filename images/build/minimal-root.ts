/**
 * The root of a minimal node, the same for both drivers: busybox, dropbear, the libraries they
 * and downloaded programs link, accounts, and supervision. All programs are Debian's own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import type { Architecture } from "../../core/names";
import { AptState } from "./apt-state";
import type { BuildContext } from "./built";
import { LOADERS, libraryFolder, type Release, SUITES } from "./debian";
import { neededLibraries } from "./elf";
import { accountFiles } from "./guest/accounts";
import { supervisionFiles } from "./guest/supervision";
import type { Package } from "./package-list";
import { file, link, program, type TreeEntry } from "./tree";
import { unpackPackages, type UnpackedFiles } from "./unpack";

const PACKAGES = ["busybox-static", "dropbear-bin", "base-files"] as const;

/** Linked by many downloaded programs (etcd among them), though by none of ours. */
const EXTRA_LIBRARIES = ["libresolv.so.2", "libpthread.so.0", "libdl.so.2"] as const;

/** Which node. */
export interface NodeKind {
  readonly release: Release;
  readonly architecture: Architecture;
}

/** The packages of which a root is made. */
export async function resolveMinimalRoot(
  context: BuildContext,
  kind: NodeKind,
  options: CallOptions,
): Promise<Package[]> {
  return await aptOf(context, kind).resolve(PACKAGES, options);
}

/** Files of the root that come from no package; they decide the result with the packages. */
export function minimalRootTexts(): TreeEntry[] {
  return [...accountFiles(), ...supervisionFiles()];
}

/** Downloads and unpacks the packages and picks the root's files from them. */
export async function readMinimalRoot(
  context: BuildContext,
  kind: NodeKind,
  options: CallOptions,
): Promise<TreeEntry[]> {
  const apt = aptOf(context, kind);
  const packages = await apt.resolve(PACKAGES, options);
  const temporary = await mkdtemp(path.join(context.cacheFolder, "unpack-"));
  try {
    const files = await apt.download(packages, options);
    const unpacked = await unpackPackages(files, temporary, options);
    return [...minimalRootTexts(), ...(await pickFiles(unpacked, kind.architecture))];
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function aptOf(context: BuildContext, { release, architecture }: NodeKind): AptState {
  return new AptState(context, { suite: SUITES[release], architecture });
}

async function pickFiles(from: UnpackedFiles, architecture: Architecture): Promise<TreeEntry[]> {
  const dropbear = await from.read("sbin/dropbear");
  const folder = libraryFolder(architecture);
  const libraries = await libraryClosure(from, [...neededLibraries(dropbear), ...EXTRA_LIBRARIES]);
  return [
    program("usr/bin/busybox", await from.read("bin/busybox")),
    link("usr/bin/sh", "busybox"),
    program("usr/sbin/dropbear", dropbear),
    program(LOADERS[architecture], await from.read(path.basename(LOADERS[architecture]))),
    ...[...libraries].map(([name, content]) => program(`${folder}/${name}`, content)),
    file("usr/lib/os-release", await from.read("usr/lib/os-release")),
    link("etc/os-release", "../usr/lib/os-release"),
    file("etc/debian_version", await from.read("etc/debian_version")),
  ];
}

/** The named libraries and all that they link, by soname. */
async function libraryClosure(
  from: UnpackedFiles,
  names: readonly string[],
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name) || name.startsWith("ld-linux")) continue;
    const content = await from.read(name);
    found.set(name, content);
    pending.push(...neededLibraries(content));
  }
  return found;
}
