/**
 * Process machines: a real dropbear each, over a private busybox root, in user, mount, PID, UTS
 * and IPC namespaces of its own. They have the host's kernel, architecture and network, and say so.
 * No play can touch the machine that they run on.
 */
import { readFile, readlink, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import type { Architecture } from "../../core/names";
import type { BuildContext } from "../../images/build/built";
import { getRelease } from "../../images/build/debian";
import { ensureEtcdArtifacts } from "../../images/build/etcd-artifacts";
import { ensurePrograms, findProgram } from "../../images/build/host-programs";
import { ensureProcessRoot } from "../../images/build/process-root";
import { file } from "../../images/build/tree";
import { readConsoleTail } from "../driver/console-tail";
import { startDetached } from "../driver/detached";
import { ensureHostKey } from "../driver/host-key";
import { identityFiles } from "../driver/identity";
import { ensureMachineFolder, listMachineFolders, machineFolder } from "../driver/machine-folder";
import { forgetRecord, isAlive, type ProcessRecord, tryReadAlive } from "../driver/process-record";
import { systemFiles } from "../driver/system-files";
import { waitForSsh } from "../driver/wait-for-ssh";
import { waitUntil } from "../driver/wait-until";
import type { BootMode, MachineDriver, MachineSpec, MachineSystem } from "../machine-driver";
import { ENTER, SUPERVISE } from "./confinement";
import { killMachine, powerOff } from "./end-machine";
import { type IdMap, idMapOf, isSingleUser } from "./id-map";
import { type Layer, Layers } from "./layers";
import { withUserNamespace } from "./user-namespace";

/** A machine answers within a second; the rest is for a loaded host. */
const READY_TIMEOUT_MS = 60_000;
const READY_INTERVAL_MS = 50;

const PROGRAMS = [
  ...(["apt-get", "apt-config", "cp", "dpkg-deb", "env", "flock", "mount", "nsenter"] as const),
  ...(["pivot_root", "setpriv", "sh", "tar", "unshare"] as const),
];

/** Options of {@link createProcessDriver}. */
export interface ProcessDriverOptions {
  /** Holds one folder a machine. */
  readonly folder: string;
  /** See core/folders.ts. */
  readonly cacheFolder: string;
  /** Whose machines they are. */
  readonly caller: { readonly user: number; readonly group: number };
  readonly architecture: Architecture;
}

/** The driver. Touches nothing before its first call. */
export function createProcessDriver(options: ProcessDriverOptions): MachineDriver {
  return new ProcessDriver(options);
}

class ProcessDriver implements MachineDriver {
  readonly kind = "process";
  readonly architecture: Architecture;
  readonly description: string;
  readonly privateNetwork = "127.128.0.0/9";
  readonly #options: ProcessDriverOptions;
  readonly #ids: IdMap;
  readonly #layers: Layers;

  constructor(options: ProcessDriverOptions) {
    this.#options = options;
    this.architecture = options.architecture;
    this.description = `namespaced processes on the host's ${options.architecture} kernel: no machines, no ARM64`;
    this.#ids = idMapOf(options.caller);
    this.#layers = new Layers(options.folder, this.#ids);
  }

  async prepare(
    systems: readonly MachineSystem[],
    report: (line: string) => void,
    options: CallOptions,
  ): Promise<void> {
    await ensurePrograms(PROGRAMS);
    for (const release of new Set(systems.map(({ release }) => release))) {
      await this.#ensureRoot(release, report, options);
    }
  }

  async prepareArtifacts(report: (line: string) => void, options: CallOptions): Promise<string> {
    return await ensureEtcdArtifacts(this.#context(report), this.architecture, options);
  }

  async install(spec: MachineSpec, options: CallOptions): Promise<void> {
    const folder = await ensureMachineFolder(this.#options.folder, spec.id);
    await this.stop(spec, "hard", options);
    const cached = await this.#ensureRoot(spec.system.release, () => undefined, options);
    const base = await this.#layers.ensureBase(cached, options);
    await this.#resetLayer({ folder, name: "disk" }, base, spec, options);
    await writeFile(path.join(folder, "base"), base);
  }

  async start(spec: MachineSpec, mode: BootMode, options: CallOptions): Promise<void> {
    if (await this.isRunning(spec)) return;
    const folder = machineFolder(this.#options.folder, spec.id);
    const base = await readFile(path.join(folder, "base"), "utf8");
    if (mode === "rescue") {
      await this.#resetLayer({ folder, name: "rescue" }, base, spec, options);
    }
    options.signal?.throwIfAborted();
    const variables = [
      `ENTER=${ENTER}`,
      `LAYER=${mode}`,
      `OVERLAY=${this.#layers.mountOptions(base, mode)}`,
    ];
    const [env, sh] = [await findProgram("env"), await findProgram("sh")];
    await withUserNamespace(this.#ids, async (enter) => {
      const argv = [env, "-i", ...variables, ...enter, sh, "-c", SUPERVISE];
      const recordFile = this.#recordFile(spec.id);
      const supervisor = await startDetached({
        argv,
        cwd: folder,
        logFile: this.consoleFile(spec.id),
        recordFile,
      });
      await this.#entered(supervisor, spec);
    });
  }

  async waitReady(spec: MachineSpec, { signal }: CallOptions): Promise<void> {
    const consoleFile = this.consoleFile(spec.id);
    const check = async (): Promise<boolean> => {
      if (await this.isRunning(spec)) return true;
      const tail = await readConsoleTail(consoleFile);
      throw new OuterFault("AS2460", {
        problem: `the process of ${spec.hostname} ended; its console ends: ${tail}`,
      });
    };
    const [timeoutMs, intervalMs] = [READY_TIMEOUT_MS, READY_INTERVAL_MS];
    await waitForSsh(spec, { timeoutMs, intervalMs, consoleFile, check, signal });
  }

  async stop(spec: MachineSpec, how: "soft" | "hard", options: CallOptions): Promise<void> {
    await this.#end(spec.id, how === "soft" ? powerOff : killMachine, options);
  }

  async isRunning({ id }: MachineSpec): Promise<boolean> {
    return (await tryReadAlive(this.#recordFile(id))) !== undefined;
  }

  async remove(id: string, options: CallOptions): Promise<void> {
    const folder = machineFolder(this.#options.folder, id);
    await this.#end(id, killMachine, options);
    for (const name of ["disk", "rescue"]) await this.#layers.remove({ folder, name }, options);
    await rm(folder, { recursive: true, force: true });
    await this.#layers.sweepBases();
  }

  async list(): Promise<string[]> {
    return await listMachineFolders(this.#options.folder);
  }

  consoleFile(id: string): string {
    return path.join(machineFolder(this.#options.folder, id), "console.log");
  }

  async hostKey({ id }: MachineSpec): Promise<string> {
    const folder = await ensureMachineFolder(this.#options.folder, id);
    return (await ensureHostKey(path.join(folder, "hostkey.pem"))).publicLine;
  }

  async #ensureRoot(
    release: string,
    report: (line: string) => void,
    options: CallOptions,
  ): Promise<string> {
    const kind = { release: getRelease(release), architecture: this.architecture };
    const props = { ...kind, singleUser: isSingleUser(this.#ids) };
    return await ensureProcessRoot(this.#context(report), props, options);
  }

  async #resetLayer(
    layer: Layer,
    base: string,
    spec: MachineSpec,
    options: CallOptions,
  ): Promise<void> {
    const key = await ensureHostKey(path.join(layer.folder, "hostkey.pem"));
    // Machines share the host's loopback. `listen` is for the inittab of their root.
    const listen = file("etc/listen", `${spec.address}:${spec.sshPort}\n`);
    const files = [...systemFiles(spec.system), ...identityFiles(spec, key, "127.0.0.1"), listen];
    await this.#layers.reset(layer, { base, files }, options);
  }

  /** The namespace may be let go only when the supervisor is in it. */
  async #entered(supervisor: ProcessRecord, { id, hostname }: MachineSpec): Promise<void> {
    const own = await readlink("/proc/self/ns/user");
    const entered = async (): Promise<boolean> => {
      if (!(await isAlive(supervisor))) {
        const tail = await readConsoleTail(this.consoleFile(id));
        throw new OuterFault("AS2463", { problem: `${hostname} does not start: ${tail}` });
      }
      const its = await readlink(`/proc/${supervisor.pid}/ns/user`).catch(() => own);
      return its !== own;
    };
    const timeoutMs = READY_TIMEOUT_MS;
    if (!(await waitUntil(entered, { timeoutMs, intervalMs: 5 }))) throw new OuterFault("AS2464");
  }

  async #end(
    id: string,
    end: (supervisor: ProcessRecord, options: CallOptions) => Promise<void>,
    options: CallOptions,
  ): Promise<void> {
    const recordFile = this.#recordFile(id);
    const supervisor = await tryReadAlive(recordFile);
    if (supervisor) await end(supervisor, options);
    await forgetRecord(recordFile);
  }

  #recordFile(id: string): string {
    return path.join(machineFolder(this.#options.folder, id), "process.json");
  }

  #context(report: (line: string) => void): BuildContext {
    return { cacheFolder: this.#options.cacheFolder, report };
  }
}
