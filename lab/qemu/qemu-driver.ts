/**
 * QEMU machines: real ARM64 machines with Debian's kernels, emulated, each with a disk of its own.
 * QEMU runs in a session of its own and outlives the lab server; a machine's folder says which
 * process it is.
 */
import { readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import type { BuildContext } from "../../images/build/built";
import { getRelease } from "../../images/build/debian";
import { ensureEtcdArtifacts } from "../../images/build/etcd-artifacts";
import { NETWORK_FILE } from "../../images/build/guest/machine-init";
import { ensurePrograms, findProgram } from "../../images/build/host-programs";
import { type BuiltKernel, ensureKernel } from "../../images/build/kernel";
import { ensureMachineBase } from "../../images/build/machine-base";
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
import { consoleState } from "./console-state";
import { killQemu, powerDown } from "./end-qemu";
import { writeMachineFiles } from "./machine-files";
import { MACHINE_FILES, qemuArguments } from "./qemu-arguments";
import { Qmp } from "./qmp";

/** A machine alone is ready in four seconds; eight at once on a loaded host of two cores in thirty. */
const READY_TIMEOUT_MS = 180_000;
const READY_INTERVAL_MS = 100;
const LAUNCH_TIMEOUT_MS = 30_000;

/** Where QEMU's user network shows the host's loopback. */
const HOST_ADDRESS = "10.0.2.2";
const PRIVATE_PREFIX_LENGTH = 12;

const PROGRAMS = [
  ...(["qemu-system-aarch64", "mke2fs", "xz", "dpkg-deb", "apt-get", "apt-config"] as const),
  ...(["env", "flock", "gzip", "sh", "tar"] as const),
];

/** Options of {@link createQemuDriver}. */
export interface QemuDriverOptions {
  /** Holds one folder a machine. */
  readonly folder: string;
  /** See core/folders.ts. */
  readonly cacheFolder: string;
}

/** The driver. Touches nothing before its first call. */
export function createQemuDriver(options: QemuDriverOptions): MachineDriver {
  return new QemuDriver(options);
}

class QemuDriver implements MachineDriver {
  readonly kind = "qemu";
  readonly architecture = "arm64";
  readonly description = "emulated ARM64 machines with Debian's kernels";
  readonly privateNetwork = `10.96.0.0/${PRIVATE_PREFIX_LENGTH}`;
  readonly #options: QemuDriverOptions;

  constructor(options: QemuDriverOptions) {
    this.#options = options;
  }

  async prepare(
    systems: readonly MachineSystem[],
    report: (line: string) => void,
    options: CallOptions,
  ): Promise<void> {
    await ensurePrograms(PROGRAMS);
    for (const system of systems) await this.#ensureParts(system, report, options);
  }

  async prepareArtifacts(report: (line: string) => void, options: CallOptions): Promise<string> {
    return await ensureEtcdArtifacts(this.#context(report), this.architecture, options);
  }

  async install(spec: MachineSpec, options: CallOptions): Promise<void> {
    const folder = await ensureMachineFolder(this.#options.folder, spec.id);
    await this.stop(spec, "hard", options);
    const { kernel, base } = await this.#ensureParts(spec.system, () => undefined, options);
    const key = await ensureHostKey(path.join(folder, "hostkey.pem"));
    const network = `LAN_ADDRESS=${spec.privateAddress}/${PRIVATE_PREFIX_LENGTH}\n`;
    const own = [...identityFiles(spec, key, HOST_ADDRESS), file(NETWORK_FILE, network)];
    const identity = [...systemFiles(spec.system), ...own];
    const archives = [base, kernel.modules];
    const parts = { kernel: kernel.image, archives, identity, diskMiB: spec.diskMiB };
    await writeMachineFiles(folder, parts, options);
  }

  async start(spec: MachineSpec, mode: BootMode, { signal }: CallOptions): Promise<void> {
    if (await this.isRunning(spec)) return;
    const folder = machineFolder(this.#options.folder, spec.id);
    // The console begins anew, since a panic of the last run says nothing about this one.
    const consoleFile = this.consoleFile(spec.id);
    await rename(consoleFile, `${consoleFile}.1`).catch(ignoreMissing);
    const logFile = path.join(folder, "qemu.log");
    // QEMU leaves its socket behind.
    for (const it of [logFile, path.join(folder, MACHINE_FILES.monitor)]) {
      await rm(it, { force: true });
    }
    const argv = [await findProgram("qemu-system-aarch64"), ...qemuArguments(spec, mode)];
    const recordFile = this.#recordFile(spec.id);
    signal?.throwIfAborted();
    const qemu = await startDetached({ argv, cwd: folder, logFile, recordFile });
    const launched = async (): Promise<boolean> => {
      if (await answers(folder)) return true;
      if (await isAlive(qemu)) return false;
      const said = await readConsoleTail(logFile);
      throw new OuterFault("AS2463", { problem: `${spec.hostname} does not start: ${said}` });
    };
    if (await waitUntil(launched, { timeoutMs: LAUNCH_TIMEOUT_MS, signal })) return;
    throw new OuterFault("AS2465", { tried: [`${folder}/${MACHINE_FILES.monitor}`] });
  }

  async waitReady(spec: MachineSpec, { signal }: CallOptions): Promise<void> {
    const consoleFile = this.consoleFile(spec.id);
    const check = async (): Promise<boolean> => {
      const state = consoleState(await readFile(consoleFile, "latin1").catch(() => ""));
      if (state === "panicked") throw await this.#fault("AS2461", spec, "kernel panicked");
      if (!(await this.isRunning(spec))) throw await this.#fault("AS2460", spec, "process ended");
      return state === "ready";
    };
    const [timeoutMs, intervalMs] = [READY_TIMEOUT_MS, READY_INTERVAL_MS];
    await waitForSsh(spec, { timeoutMs, intervalMs, consoleFile, check, signal });
  }

  async stop({ id }: MachineSpec, how: "soft" | "hard", options: CallOptions): Promise<void> {
    const qemu = await tryReadAlive(this.#recordFile(id));
    if (qemu && how === "soft") await powerDown(qemu, this.#folder(id), options);
    await this.#kill(id, options);
  }

  async isRunning({ id }: MachineSpec): Promise<boolean> {
    return (await tryReadAlive(this.#recordFile(id))) !== undefined;
  }

  async remove(id: string, options: CallOptions): Promise<void> {
    await this.#kill(id, options);
    await rm(this.#folder(id), { recursive: true, force: true });
  }

  async list(): Promise<string[]> {
    return await listMachineFolders(this.#options.folder);
  }

  consoleFile(id: string): string {
    return path.join(this.#folder(id), MACHINE_FILES.console);
  }

  async hostKey({ id }: MachineSpec): Promise<string> {
    const folder = await ensureMachineFolder(this.#options.folder, id);
    return (await ensureHostKey(path.join(folder, "hostkey.pem"))).publicLine;
  }

  async #ensureParts(
    { release: number, kernel: variant }: MachineSystem,
    report: (line: string) => void,
    options: CallOptions,
  ): Promise<{ kernel: BuiltKernel; base: string }> {
    const release = getRelease(number);
    const kernel = await ensureKernel(this.#context(report), { release, variant }, options);
    return { kernel, base: await ensureMachineBase(this.#context(report), release, options) };
  }

  async #kill(id: string, options: CallOptions): Promise<void> {
    const recordFile = this.#recordFile(id);
    const qemu: ProcessRecord | undefined = await tryReadAlive(recordFile);
    if (qemu) await killQemu(qemu, options);
    await forgetRecord(recordFile);
  }

  async #fault(
    code: "AS2460" | "AS2461",
    { id, hostname }: MachineSpec,
    what: string,
  ): Promise<OuterFault> {
    const tail = await readConsoleTail(this.consoleFile(id));
    return new OuterFault(code, { problem: `${hostname}: ${what}; its console ends: ${tail}` });
  }

  #folder(id: string): string {
    return machineFolder(this.#options.folder, id);
  }

  #recordFile(id: string): string {
    return path.join(this.#folder(id), "process.json");
  }

  #context(report: (line: string) => void): BuildContext {
    return { cacheFolder: this.#options.cacheFolder, report };
  }
}

async function answers(folder: string): Promise<boolean> {
  return await Qmp.connect(folder, {}).then(
    (qmp) => {
      qmp.close();
      return true;
    },
    () => false,
  );
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}
