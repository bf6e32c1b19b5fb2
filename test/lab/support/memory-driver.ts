/** A driver without machines, for tests of the engine: it keeps a list and can be told to fail. */
import path from "node:path";
import { sleep } from "../../../core/bounded";
import type { BootMode, MachineDriver, MachineSpec } from "../../../lab/machine-driver";

/** What is known of a machine that is not there. */
interface Imagined {
  running: boolean;
  mode: BootMode;
}

export class MemoryDriver implements MachineDriver {
  readonly architecture = "arm64";
  readonly description = "machines in memory, for tests";
  readonly privateNetwork = "10.96.0.0/12";
  readonly machines = new Map<string, Imagined>();
  /** Every call that changes something: `install a`, `start a rescue`, … by host name. */
  readonly calls: string[] = [];
  /** Host names whose machines never get ready, and why. */
  readonly broken = new Map<string, string>();
  /** Boots at work now, and the most there ever were. */
  booting = 0;
  mostBooting = 0;

  constructor(
    readonly kind: "qemu" | "process" = "process",
    /** How long a boot takes: milliseconds, or until something happened. */
    private readonly boot: number | Promise<void> = 1,
  ) {}

  async prepare(): Promise<void> {
    await Promise.resolve();
  }

  async prepareArtifacts(): Promise<string> {
    return Promise.resolve("/nonexistent");
  }

  async install({ id, hostname }: MachineSpec): Promise<void> {
    this.calls.push(`install ${hostname}`);
    this.machines.set(id, { running: false, mode: "disk" });
    return Promise.resolve();
  }

  async start({ id, hostname }: MachineSpec, mode: BootMode): Promise<void> {
    this.calls.push(`start ${hostname} ${mode}`);
    this.machines.set(id, { running: true, mode });
    return Promise.resolve();
  }

  async waitReady(
    { id, hostname }: MachineSpec,
    { signal }: { signal?: AbortSignal | undefined },
  ): Promise<void> {
    this.booting += 1;
    this.mostBooting = Math.max(this.mostBooting, this.booting);
    try {
      if (typeof this.boot === "number") await sleep(this.boot, { signal });
      else await this.boot;
      const why = this.broken.get(hostname);
      if (why !== undefined) throw new Error(why);
      if (this.machines.get(id)?.running !== true) throw new Error("the machine's process is gone");
    } finally {
      this.booting -= 1;
    }
  }

  async stop({ id, hostname }: MachineSpec, how: "soft" | "hard"): Promise<void> {
    this.calls.push(`stop ${hostname} ${how}`);
    const machine = this.machines.get(id);
    if (machine) machine.running = false;
    return Promise.resolve();
  }

  async isRunning({ id }: MachineSpec): Promise<boolean> {
    return Promise.resolve(this.machines.get(id)?.running === true);
  }

  async remove(id: string): Promise<void> {
    this.calls.push("remove");
    this.machines.delete(id);
    return Promise.resolve();
  }

  async list(): Promise<string[]> {
    return Promise.resolve([...this.machines.keys()]);
  }

  consoleFile(id: string): string {
    return path.join("/nonexistent", id);
  }

  async hostKey({ hostname }: MachineSpec): Promise<string> {
    this.calls.push(`key ${hostname}`);
    return Promise.resolve("ssh-ed25519 AAAA");
  }
}
