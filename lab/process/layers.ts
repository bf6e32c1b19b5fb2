/**
 * The file systems of process machines: one base that all share and never write, and a layer of
 * its own for each machine (or a copy of the base, where the host cannot overlay).
 */
import { access, chmod, lchown, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { runCommand } from "../../images/build/command";
import { type TreeEntry, writeTree } from "../../images/build/tree";
import { listMachineFolders } from "../driver/machine-folder";
import { overlayOptions } from "./confinement";
import { type IdMap, isSingleUser } from "./id-map";
import { withUserNamespace } from "./user-namespace";

/** Below the folder of machines; no machine can have such a name. */
const BASES = ".bases";

/** A machine's layer. */
export interface Layer {
  /** Absolute path of the machine's folder. */
  readonly folder: string;
  /** Name of the layer in it. */
  readonly name: string;
}

/** Layers of machines. The folder is one process's at a time: the lab's lock sees to that. */
export class Layers {
  readonly #machines: string;
  readonly #ids: IdMap;
  /** Ends with the last work on the bases. */
  #bases: Promise<unknown> = Promise.resolve();
  #canOverlay: Promise<boolean> | undefined;

  /** @param machines - the folder that holds one folder a machine */
  constructor(machines: string, ids: IdMap) {
    this.#machines = machines;
    this.#ids = ids;
  }

  /**
   * Copies a base out of the cache, which may be emptied at any time, to where the machines
   * are, and gives it to the machines' root. The caller's machine has its folder already.
   * @returns the base's name
   */
  async ensureBase(cached: string, { signal }: CallOptions): Promise<string> {
    const name = path.basename(cached);
    await this.#inTurn(async () => {
      const base = this.#base(name);
      if (await exists(base)) return;
      await mkdir(path.dirname(base), { recursive: true });
      const temporary = await mkdtemp(`${base}.tmp-`);
      try {
        await runCommand(["cp", "-a", `${cached}/.`, temporary], { signal });
        await this.#own(temporary, { signal });
        await rename(temporary, base);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    });
    return name;
  }

  /** Removes the bases when the last machine is gone. */
  async sweepBases(): Promise<void> {
    await this.#inTurn(async () => {
      if ((await listMachineFolders(this.#machines)).length > 0) return;
      await rm(path.join(this.#machines, BASES), { recursive: true, force: true });
    });
  }

  /** Mount options of a layer over a base, relative to the machine's folder. */
  mountOptions(base: string, layer: string): string {
    return overlayOptions(`../${BASES}/${base}`, layer);
  }

  /** Makes a layer anew: the base with these files over it. */
  async reset(
    layer: Layer,
    content: { readonly base: string; readonly files: readonly TreeEntry[] },
    { signal }: CallOptions,
  ): Promise<void> {
    await this.remove(layer, { signal });
    const at = path.join(layer.folder, layer.name);
    await mkdir(path.join(layer.folder, "root"), { recursive: true });
    await mkdir(path.join(at, "work"), { recursive: true });
    this.#canOverlay ??= this.#tryOverlay(content.base);
    const overlaid = await this.#canOverlay;
    const top = path.join(at, overlaid ? "upper" : "copy");
    await mkdir(top);
    await chmod(top, 0o755);
    if (!overlaid) {
      await runCommand(["cp", "-a", `${this.#base(content.base)}/.`, top], { signal });
    }
    await writeTree(content.files, top);
    await (overlaid ? this.#ownFew(at) : this.#own(at, { signal }));
  }

  /** Removes a layer, whoever owns its files; one that is not there is left so. */
  async remove({ folder, name }: Layer, { signal }: CallOptions): Promise<void> {
    if (!(await exists(path.join(folder, name)))) return;
    if (!isSingleUser(this.#ids)) {
      await rm(path.join(folder, name), { recursive: true, force: true });
      return;
    }
    // Folders without any permission, as overlayfs makes them, yield to the namespace's root only.
    await withUserNamespace(this.#ids, async (enter) => {
      await runCommand(["env", ...enter, "rm", "-rf", name], { cwd: folder, signal });
    });
  }

  /** Whether kernel and file system overlay in a user namespace; some of either do not. */
  async #tryOverlay(base: string): Promise<boolean> {
    const probe = await mkdtemp(path.join(this.#machines, ".probe-"));
    const layer = { folder: probe, name: "disk" };
    try {
      for (const it of ["root", "disk/upper", "disk/work"]) {
        await mkdir(path.join(probe, it), { recursive: true });
      }
      await this.#own(probe, {});
      return await withUserNamespace(this.#ids, async (enter) => {
        const options = this.mountOptions(base, layer.name);
        const mount = ["mount", "--no-canonicalize", "-t", "overlay", "-o", options, "o", "root"];
        return await runCommand(["env", ...enter, "unshare", "--mount", ...mount], {
          cwd: probe,
        }).then(
          () => true,
          () => false,
        );
      });
    } finally {
      await this.remove(layer, {});
      await rm(probe, { recursive: true, force: true });
    }
  }

  #base(name: string): string {
    return path.join(this.#machines, BASES, name);
  }

  async #own(tree: string, { signal }: CallOptions): Promise<void> {
    if (isSingleUser(this.#ids)) return;
    const owner = `${this.#ids.firstUser}:${this.#ids.firstGroup}`;
    await runCommand(["env", "chown", "-R", "-h", owner, tree], { signal });
  }

  /** The same for a few files: a program takes longer to start than these take to be given away. */
  async #ownFew(tree: string): Promise<void> {
    if (isSingleUser(this.#ids)) return;
    for (const it of ["", ...(await readdir(tree, { recursive: true }))]) {
      await lchown(path.join(tree, it), this.#ids.firstUser, this.#ids.firstGroup);
    }
  }

  /** One at a time: a base must not go while another machine begins to use it. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#bases.then(work);
    this.#bases = done.catch(() => undefined);
    await done;
  }
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
