/** Unpacks Debian packages into a folder and finds files in it. No maintainer script ever runs. */
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { runCommand } from "./command";

/** Links of links that are followed before it is called a loop. */
const MAX_LINKS = 8;

/** Unpacks the packages over each other. */
export async function unpackPackages(
  files: readonly string[],
  folder: string,
  { signal }: CallOptions,
): Promise<UnpackedFiles> {
  for (const file of files) await runCommand(["dpkg-deb", "-x", file, folder], { signal });
  return await UnpackedFiles.read(folder);
}

/** The unpacked files by their path; of two that fit the first in order wins. */
export class UnpackedFiles {
  /** Paths of files and links, relative to the folder, sorted. */
  readonly paths: readonly string[];
  readonly #root: string;

  private constructor(root: string, paths: readonly string[]) {
    this.#root = root;
    this.paths = paths;
  }

  /** Lists a folder once. */
  static async read(root: string): Promise<UnpackedFiles> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((it) => it.isFile() || it.isSymbolicLink())
      .map((it) => path.relative(root, path.join(it.parentPath, it.name)));
    return new UnpackedFiles(root, paths.sort());
  }

  /**
   * Content of the file whose path ends so.
   * @throws OuterFault AS2453 when there is none
   */
  async read(ending: string): Promise<Buffer> {
    return await readFile(await this.locate(ending));
  }

  /**
   * Absolute path of that file. Links are followed inside the folder: an absolute one
   * means a place in the node's tree, not in the host's.
   * @throws OuterFault AS2453 when there is none
   */
  async locate(ending: string): Promise<string> {
    const found = this.paths.find((it) => it === ending || it.endsWith(`/${ending}`));
    let at = found;
    for (let links = 0; at !== undefined && links < MAX_LINKS; links += 1) {
      const absolute = path.join(this.#root, at);
      const status = await lstat(absolute).catch(() => undefined);
      if (status === undefined) break;
      if (!status.isSymbolicLink()) return absolute;
      const target = await readlink(absolute);
      at = target.startsWith("/") ? target : path.join(path.dirname(at), target);
    }
    throw new OuterFault("AS2453", { problem: `no package holds a file ${ending}` });
  }
}
