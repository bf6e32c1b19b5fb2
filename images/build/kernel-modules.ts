/**
 * Kernel modules and what they need, read from the modules themselves (`.modinfo`), so that no
 * depmod of the host is asked about a kernel that it does not run.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { runCommand } from "./command";
import { elfSection } from "./elf";
import type { UnpackedFiles } from "./unpack";

/** One module. */
export interface KernelModule {
  /** With underscores, as the kernel calls it. */
  readonly name: string;
  /** Decompressed. */
  readonly content: Buffer;
  /** Modules that it needs directly. */
  readonly dependsOn: readonly string[];
  /** Patterns under which the kernel asks for it. */
  readonly aliases: readonly string[];
}

const MODULE_FILE = /\/([^/]+)\.ko(\.\w+)?$/;

/** Modules of one unpacked kernel package. */
export class KernelModules {
  readonly #files: ReadonlyMap<string, string>;
  readonly #builtIn: ReadonlySet<string>;
  readonly #unpacked: UnpackedFiles;
  readonly #read = new Map<string, KernelModule>();

  private constructor(
    unpacked: UnpackedFiles,
    files: ReadonlyMap<string, string>,
    builtIn: ReadonlySet<string>,
  ) {
    this.#unpacked = unpacked;
    this.#files = files;
    this.#builtIn = builtIn;
  }

  /** Lists the modules. */
  static async open(unpacked: UnpackedFiles): Promise<KernelModules> {
    const files = new Map<string, string>();
    for (const it of unpacked.paths) {
      const [, name] = MODULE_FILE.exec(it) ?? [];
      if (name !== undefined) files.set(kernelName(name), it);
    }
    const builtIn = (await unpacked.read("modules.builtin")).toString("utf8").split("\n");
    const names = builtIn.map((it) => kernelName(path.basename(it, ".ko")));
    return new KernelModules(unpacked, files, new Set(names));
  }

  /**
   * The modules with all that they need, in an order in which they can be loaded.
   * Built-in ones drop out, and so do optional ones that this kernel lacks.
   * @throws OuterFault AS2453 when it lacks one that is not optional
   */
  async closure(
    names: readonly string[],
    { signal, optional = false }: CallOptions & { readonly optional?: boolean },
  ): Promise<KernelModule[]> {
    const ordered = new Map<string, KernelModule>();
    const visit = async (wanted: string): Promise<void> => {
      const name = kernelName(wanted);
      if (ordered.has(name) || this.#builtIn.has(name)) return;
      const it = await this.#tryRead(name, { signal });
      if (!it && optional) return;
      if (!it) throw new OuterFault("AS2453", { problem: `the kernel has no module ${name}` });
      for (const needed of it.dependsOn) await visit(needed);
      ordered.set(name, it);
    };
    for (const name of names) await visit(name);
    return [...ordered.values()];
  }

  async #tryRead(name: string, { signal }: CallOptions): Promise<KernelModule | undefined> {
    const file = this.#files.get(name);
    if (file === undefined) return undefined;
    const read = this.#read.get(name) ?? (await this.#parse(name, file, { signal }));
    this.#read.set(name, read);
    return read;
  }

  async #parse(name: string, file: string, { signal }: CallOptions): Promise<KernelModule> {
    const packed = await readFile(await this.#unpacked.locate(file));
    const content = await decompress(packed, file, { signal });
    const info = elfSection(content, ".modinfo")?.toString("utf8").split("\0") ?? [];
    const values = (key: string): string[] =>
      info.filter((it) => it.startsWith(`${key}=`)).map((it) => it.slice(key.length + 1));
    const dependsOn = values("depends")
      .flatMap((it) => it.split(","))
      .filter((it) => it !== "");
    return { name, content, dependsOn: dependsOn.map(kernelName), aliases: values("alias") };
  }
}

/** Files by which modprobe finds the modules: their order, and the names the kernel asks by. */
export function moduleIndex(modules: readonly KernelModule[]): Record<string, string> {
  const byName = new Map(modules.map((it) => [it.name, it]));
  const dependencies = modules.map(
    (it) =>
      `${it.name}.ko:${allNeeded(it, byName)
        .map((name) => ` ${name}.ko`)
        .join("")}\n`,
  );
  const aliases = modules.flatMap((it) => it.aliases.map((alias) => `alias ${alias} ${it.name}\n`));
  return { "modules.dep": dependencies.join(""), "modules.alias": aliases.join("") };
}

/** Nearest first, as depmod writes them: modprobe loads from the end. */
function allNeeded(it: KernelModule, byName: ReadonlyMap<string, KernelModule>): string[] {
  const found: string[] = [];
  const pending = [...it.dependsOn];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const needed = byName.get(name);
    if (!needed) continue;
    // One that several need comes after all of them.
    if (found.includes(name)) found.splice(found.indexOf(name), 1);
    found.push(name);
    pending.push(...needed.dependsOn);
  }
  return found;
}

/** In file names a hyphen may stand where the kernel has an underscore. */
function kernelName(name: string): string {
  return name.replaceAll("-", "_");
}

async function decompress(packed: Buffer, file: string, { signal }: CallOptions): Promise<Buffer> {
  if (file.endsWith(".xz")) return await runCommand(["xz", "-dc"], { input: packed, signal });
  if (file.endsWith(".ko")) return packed;
  throw new OuterFault("AS2453", { problem: `unknown compression of ${path.basename(file)}` });
}
