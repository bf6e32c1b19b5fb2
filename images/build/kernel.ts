/**
 * Debian's own ARM64 kernels as lab machines boot them: the kernel, and an archive of the
 * modules that it needs to find its disk and network, or that plays may ask for.
 */
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import type { KernelVariantName } from "../../core/names";
import { AptState } from "./apt-state";
import { type BuildContext, ensureBuilt } from "./built";
import { packCpio } from "./cpio";
import { type Release, SUITES } from "./debian";
import { KernelModules, moduleIndex } from "./kernel-modules";
import { file, type TreeEntry } from "./tree";
import { type UnpackedFiles, unpackPackages } from "./unpack";

/** Raise it when the code below makes other files of the same package. */
const BUILDER_VERSION = 2;

/** Metapackages: the archive keeps only the newest version of what they name. */
const METAPACKAGES: Readonly<Record<KernelVariantName, string>> = {
  standard: "linux-image-arm64",
  realtime: "linux-image-rt-arm64",
};

/** Loaded at every boot: disk, network, randomness, the power button, and the root's file system. */
const BOOT_MODULES = [
  ...["virtio_pci", "virtio_net", "virtio_blk", "virtio_rng", "gpio_keys", "evdev"],
  ...["crc32c_generic", "ext4"],
];

/** There for whoever asks: VLANs, containers, and file systems of images. */
const EXTRA_MODULES = [
  ...["8021q", "overlay", "squashfs", "loop", "veth", "bridge", "br_netfilter", "tun", "dummy"],
  ...["nf_conntrack", "nf_tables", "nft_compat", "nft_chain_nat", "vxlan"],
  ...["xt_conntrack", "xt_comment", "xt_MASQUERADE", "xt_addrtype", "xt_multiport", "xt_mark"],
];

/** Which kernel. */
export interface KernelProps {
  readonly release: Release;
  readonly variant: KernelVariantName;
}

/** Files of a built kernel, by their role; absolute paths. */
export interface BuiltKernel {
  /** Plain ARM64 image. */
  readonly image: string;
  /** cpio archive with the modules. */
  readonly modules: string;
}

/** Builds unless it is cached. */
export async function ensureKernel(
  context: BuildContext,
  { release, variant }: KernelProps,
  options: CallOptions,
): Promise<BuiltKernel> {
  const apt = new AptState(context, { suite: SUITES[release], architecture: "arm64" });
  const closure = await apt.resolve([METAPACKAGES[variant]], options);
  const image = closure.find(({ name }) => /^linux-image-\d/.test(name));
  if (!image) {
    throw new OuterFault("AS2453", { problem: `${METAPACKAGES[variant]} names no kernel` });
  }
  const build = async (folder: string): Promise<void> => {
    const files = await apt.download([image], options);
    const temporary = await mkdtemp(`${folder}.unpacked-`);
    try {
      await buildKernel(await unpackPackages(files, temporary, options), folder, options);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };
  const inputs = { BUILDER_VERSION, image, BOOT_MODULES, EXTRA_MODULES };
  const recipe = { name: `kernel-${release}-${variant}`, inputs, build };
  const folder = await ensureBuilt(context, recipe, options);
  return { image: path.join(folder, "vmlinuz"), modules: path.join(folder, "modules.cpio") };
}

async function buildKernel(
  unpacked: UnpackedFiles,
  folder: string,
  options: CallOptions,
): Promise<void> {
  const image = unpacked.paths.find((it) => /(^|\/)boot\/vmlinuz-/.test(it));
  if (image === undefined) throw new OuterFault("AS2453", { problem: "the package has no kernel" });
  const version = path.basename(image).slice("vmlinuz-".length);
  await copyFile(await unpacked.locate(image), path.join(folder, "vmlinuz"));
  await copyFile(await unpacked.locate(`config-${version}`), path.join(folder, "config"));
  const entries = await moduleFiles(unpacked, version, options);
  await writeFile(path.join(folder, "modules.cpio"), packCpio(entries));
}

async function moduleFiles(
  unpacked: UnpackedFiles,
  version: string,
  options: CallOptions,
): Promise<TreeEntry[]> {
  const all = await KernelModules.open(unpacked);
  const boot = await all.closure(BOOT_MODULES, options);
  const extra = await all.closure(EXTRA_MODULES, { ...options, optional: true });
  const shipped = [...new Map([...boot, ...extra].map((it) => [it.name, it])).values()];
  const below = `usr/lib/modules/${version}`;
  return [
    ...shipped.map((it) => file(`${below}/${it.name}.ko`, it.content)),
    ...Object.entries(moduleIndex(shipped)).map(([name, text]) => file(`${below}/${name}`, text)),
    file(`${below}/modules.builtin`, await unpacked.read("modules.builtin")),
    // Debian's kernels tell their configuration nowhere else.
    file(`boot/config-${version}`, await unpacked.read(`config-${version}`)),
    file(`${below}/boot.list`, boot.map(({ name }) => `${name}\n`).join("")),
  ];
}
