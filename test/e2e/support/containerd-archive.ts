/** containerd for ARM64 nodes of the lab: Debian's own programs and the libraries that they link, as one tar. */
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import { AptState } from "../../../images/build/apt-state";
import { ensureBuilt } from "../../../images/build/built";
import { libraryFolder, SUITES } from "../../../images/build/debian";
import { unpackPackages } from "../../../images/build/unpack";

const PACKAGES = ["containerd", "libseccomp2", "libbtrfs0t64"];
const PROGRAMS = ["containerd", "ctr"];
const LIBRARIES = ["libseccomp.so.2", "libbtrfs.so.0"];

/** Builds `containerd.tar` unless it is cached, and says where it is. Its paths count from the root. */
export async function ensureContainerdArchive(): Promise<string> {
  const context = { cacheFolder: cacheFolder(process.env), report: () => undefined };
  const apt = new AptState(context, { suite: SUITES["13"], architecture: "arm64" });
  const all = await apt.resolve(PACKAGES, {});
  const packages = all.filter(({ name }) => PACKAGES.includes(name));
  const build = async (folder: string): Promise<void> => {
    const temporary = await mkdtemp(`${folder}.unpacked-`);
    const root = `${temporary}-root`;
    try {
      const unpacked = await unpackPackages(await apt.download(packages, {}), temporary, {});
      const files = [
        ...PROGRAMS.map((it) => [`bin/${it}`, `usr/bin/${it}`] as const),
        ...LIBRARIES.map((it) => [it, `${libraryFolder("arm64")}/${it}`] as const),
      ];
      for (const [from, to] of files) {
        await mkdir(path.dirname(path.join(root, to)), { recursive: true });
        await copyFile(await unpacked.locate(from), path.join(root, to));
      }
      execFileSync("tar", ["-cf", path.join(folder, "containerd.tar"), "-C", root, "usr"]);
    } finally {
      await rm(temporary, { recursive: true, force: true });
      await rm(root, { recursive: true, force: true });
    }
  };
  const recipe = { name: "test-containerd-arm64", inputs: { packages }, build };
  return path.join(await ensureBuilt(context, recipe, {}), "containerd.tar");
}
