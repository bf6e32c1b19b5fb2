/**
 * A world for one end-to-end test: a lab of its own on ephemeral ports, a key pair, a cluster file, and
 * the stack that is synthesized from it. Closing it removes everything.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { createMachineApi } from "../../../api/client";
import type { MachineApi } from "../../../api/api";
import { Secret } from "../../../core/secret";
import type { ServeOptions } from "../../../lab/serve-options";
import type { RunEvent } from "../../../playbooks/runner/events";
import { run } from "./run";
import { Terraform } from "./terraform";
import { WorldLab } from "./world-lab";
import { newSshKeyPair } from "../../../core/ssh-key-pair";

/** The repository's root. */
export const ROOT = path.join(__dirname, "..", "..", "..");

const LOADER = "./scripts/load-typescript.js";

/** See the header. */
export class World {
  /** Private folder of this world. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "w-"));
  readonly labFolder = path.join(this.folder, "lab");
  readonly keyFile = path.join(this.folder, "id_ed25519");
  readonly privateKey: string;
  readonly lab = new WorldLab(this.labFolder);

  constructor() {
    const pair = newSshKeyPair();
    this.privateKey = pair.privateKey;
    writeFileSync(this.keyFile, pair.privateKey, { mode: 0o600 });
    writeFileSync(`${this.keyFile}.pub`, `${pair.publicKey} e2e\n`);
  }

  /** A world whose lab runs namespaced processes, quickly. */
  static async open(rules: ServeOptions["rules"] = {}): Promise<World> {
    const world = new World();
    await world.lab.start(rules);
    return world;
  }

  /** A world whose lab runs ARM64 machines in QEMU. */
  static async openQemu(): Promise<World> {
    const world = new World();
    await world.lab.start({}, "qemu");
    return world;
  }

  /** A client of the lab's API. */
  get api(): MachineApi {
    const { endpoint, token } = this.lab.connection;
    return createMachineApi({ endpoint, token: new Secret(token), userAgent: "armstead-e2e" });
  }

  /** The environment in which terraform and cdktf run. */
  get env(): Readonly<Record<string, string>> {
    return { ARMSTEAD_LAB_DIR: this.labFolder, ARMSTEAD_RUN_LOG: this.runLog, TMPDIR: tmpdir() };
  }

  /** Folder of the run log. */
  get runLog(): string {
    return path.join(this.folder, "runs");
  }

  /** Where nodes find etcd. */
  get artifacts(): { readonly url: string; readonly checksum: string } {
    const base = this.lab.connection.nodeServices.replace("127.0.0.1", "lab");
    return {
      url: `${base}/artifacts/etcd-linux-{{ ansible_architecture }}.tar`,
      checksum: `sha256:${base}/artifacts/SHA256SUMS`,
    };
  }

  /** A cluster file's content with what every one of these tests needs; `parts` win. */
  cluster(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return {
      apiVersion: "armstead/v1",
      kind: "Cluster",
      metadata: { name: "e2e" },
      substrate: {
        metal: { endpoint: "lab", project: "e2e", metro: "da", capacity: ["c3.large.arm64"] },
      },
      access: { sshKeys: [`${this.keyFile}.pub`] },
      image: { family: "debian", release: "13" },
      ...parts,
    };
  }

  /** Writes the cluster file and synthesizes it. @returns terraform in the stack's folder, initialized */
  async synth(cluster: Readonly<Record<string, unknown>>): Promise<Terraform> {
    const file = path.join(this.folder, "cluster.yaml");
    writeFileSync(file, stringify(cluster));
    const { code, output } = await run(process.execPath, ["-r", LOADER, "main.ts"], {
      cwd: ROOT,
      env: {
        ...this.env,
        ARMSTEAD_CLUSTER: file,
        CDKTF_OUTDIR: path.join(this.folder, "cdktf.out"),
      },
    });
    if (code !== 0) throw new Error(`synth ended with ${String(code)}:\n${output}`);
    const terraform = new Terraform(path.join(this.folder, "cdktf.out", "stacks", "e2e"), this.env);
    await terraform.init();
    return terraform;
  }

  /** Events of all runs since the last call, in order. */
  takeEvents(): RunEvent[] {
    if (!existsSync(this.runLog)) return [];
    const files = readdirSync(this.runLog).sort();
    const events = files.flatMap((file) => {
      const text = readFileSync(path.join(this.runLog, file), "utf8");
      return text
        .split("\n")
        .filter((it) => it !== "")
        .map((it) => JSON.parse(it) as RunEvent);
    });
    rmSync(this.runLog, { recursive: true, force: true });
    return events;
  }

  /** Devices and keys that the lab knows. */
  async leftovers(): Promise<string[]> {
    const projects = await this.api.listProjects({}, {});
    const found: string[] = [];
    for (const { id } of projects) {
      found.push(...(await this.api.listDevices(id, {}, {})).map((it) => it.hostname));
      found.push(...(await this.api.listSshKeys(id, {})).map((it) => it.label));
    }
    return [...found, ...(await this.api.listSshKeys(undefined, {})).map((it) => it.label)];
  }

  /** Ends everything and removes the folder. */
  async close(): Promise<void> {
    await this.lab.reset();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
