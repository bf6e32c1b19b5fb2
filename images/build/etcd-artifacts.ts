/**
 * etcd as nodes download it: a tar with `etcd` and `etcdctl` at its top, out of Debian 13's
 * packages, and the checksums beside it. Not packed: an emulated ARM64 node takes longer to unpack
 * the archive than to fetch three times as much.
 */
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import type { Architecture } from "../../core/names";
import { AptState } from "./apt-state";
import { type BuildContext, ensureBuilt } from "./built";
import { runCommand } from "./command";
import { MACHINE_NAMES, SUITES } from "./debian";
import { type UnpackedFiles, unpackPackages } from "./unpack";

/** Raise it when the code below makes other archives of the same packages. */
const BUILDER_VERSION = 2;
const PACKAGE_NAMES: readonly string[] = ["etcd-server", "etcd-client"];
const PROGRAMS = ["etcd", "etcdctl"] as const;

/** Builds the folder unless it is cached. It holds `etcd-linux-<uname -m>.tar` and `SHA256SUMS`. */
export async function ensureEtcdArtifacts(
  context: BuildContext,
  architecture: Architecture,
  options: CallOptions,
): Promise<string> {
  const apt = new AptState(context, { suite: SUITES["13"], architecture });
  const closure = await apt.resolve(PACKAGE_NAMES, options);
  const packages = closure.filter((it) => PACKAGE_NAMES.includes(it.name));
  const build = async (folder: string): Promise<void> => {
    const files = await apt.download(packages, options);
    const temporary = await mkdtemp(`${folder}.unpacked-`);
    try {
      const unpacked = await unpackPackages(files, temporary, options);
      await pack(unpacked, { temporary, folder, name: archiveName(architecture) }, options);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };
  const recipe = { name: `etcd-${architecture}`, inputs: { BUILDER_VERSION, packages }, build };
  return await ensureBuilt(context, recipe, options);
}

function archiveName(architecture: Architecture): string {
  return `etcd-linux-${MACHINE_NAMES[architecture]}.tar`;
}

/** The same programs give the same bytes: no time, owner or order of this host is in the archive. */
async function pack(
  unpacked: UnpackedFiles,
  to: { readonly temporary: string; readonly folder: string; readonly name: string },
  { signal }: CallOptions,
): Promise<void> {
  for (const it of PROGRAMS) {
    await copyFile(await unpacked.locate(`bin/${it}`), path.join(to.temporary, it));
  }
  const owner = ["--owner=0", "--group=0", "--numeric-owner", "--mode=755", "--mtime=@0"];
  const argv = ["tar", "-c", "--format=ustar", ...owner, "-C", to.temporary, ...PROGRAMS] as const;
  const archive = await runCommand(argv, { signal });
  const sum = createHash("sha256").update(archive).digest("hex");
  await writeFile(path.join(to.folder, to.name), archive);
  await writeFile(path.join(to.folder, "SHA256SUMS"), `${sum}  ${to.name}\n`);
}
