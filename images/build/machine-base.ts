/** The initramfs of QEMU machines without kernel modules and identity: one archive a Debian release. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { type BuildContext, ensureBuilt } from "./built";
import { packCpio } from "./cpio";
import type { Release } from "./debian";
import { machineInitFiles } from "./guest/machine-init";
import { minimalRootTexts, readMinimalRoot, resolveMinimalRoot } from "./minimal-root";

/** Raise it when the code that picks files changes; texts and packages count by themselves. */
const BUILDER_VERSION = 1;

/** Builds the archive unless it is cached, and says where it is. */
export async function ensureMachineBase(
  context: BuildContext,
  release: Release,
  options: CallOptions,
): Promise<string> {
  const kind = { release, architecture: "arm64" } as const;
  const packages = await resolveMinimalRoot(context, kind, options);
  const texts = [...minimalRootTexts(), ...machineInitFiles()];
  const build = async (folder: string): Promise<void> => {
    const root = await readMinimalRoot(context, kind, options);
    await writeFile(path.join(folder, "base.cpio"), packCpio([...root, ...machineInitFiles()]));
  };
  const inputs = { BUILDER_VERSION, packages, texts };
  const recipe = { name: `machine-base-${release}`, inputs, build };
  return path.join(await ensureBuilt(context, recipe, options), "base.cpio");
}
