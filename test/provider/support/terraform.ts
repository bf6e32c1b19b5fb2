/** A folder in which the real terraform runs with a bundled test provider, apart from the user's own settings. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleProvider } from "../../../scripts/bundle-provider";
import { hashFolder } from "../../../scripts/hash-folder";

const SOURCE = "terraform.local/armstead/armstead";
const VERSION = "0.1.0";
const HEAD = `terraform {
  required_providers { armstead = { source = "${SOURCE}" } }
}
`;

/** Whether terraform is on the PATH. */
export const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

/** What a command ended with. */
export interface Ended {
  readonly code: number | null;
  /** Both streams, line breaks as single spaces: terraform breaks lines by width. */
  readonly output: string;
}

/** One instance in the state. */
export interface Instance {
  readonly status?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** See the header. */
export class TerraformFolder {
  readonly folder = mkdtempSync(path.join(tmpdir(), "tf-"));
  readonly #started: ChildProcess[] = [];
  /** The provider's executable. */
  executable = "";

  /** Bundles a provider and lays it out as terraform finds it, lock file included. */
  async install(entry: string): Promise<void> {
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const layout = path.join("terraform.d/plugins", SOURCE, VERSION, platform);
    const folder = path.join(this.folder, layout);
    const name = await bundleProvider({ entry, folder, version: VERSION });
    this.executable = path.join(folder, name);
    for (const it of ["home", "tmp"]) mkdirSync(path.join(this.folder, it));
    // The hardest case for a CommonJS bundle.
    writeFileSync(path.join(this.folder, "package.json"), '{"type":"module"}');
    const lock = `provider "${SOURCE}" {\n  version = "${VERSION}"\n  hashes  = ["${hashFolder(folder)}"]\n}\n`;
    writeFileSync(path.join(this.folder, ".terraform.lock.hcl"), lock);
  }

  /** Writes the configuration. */
  write(body: string): void {
    writeFileSync(path.join(this.folder, "main.tf"), HEAD + body);
  }

  /** Starts a command in a process group of its own. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
    const { PATH = "" } = process.env;
    const child = spawn("terraform", [...args], {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH,
        HOME: path.join(this.folder, "home"),
        TMPDIR: path.join(this.folder, "tmp"),
        TF_IN_AUTOMATION: "1",
        TF_CLI_ARGS: "-no-color",
        TF_CLI_CONFIG_FILE: "/dev/null",
        CHECKPOINT_DISABLE: "1",
        ...environment,
      },
    });
    this.#started.push(child);
    return child;
  }

  /** Runs a command to its end. */
  async run(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    return ended(this.start(args, environment));
  }

  /** Runs a command that must succeed. */
  async must(args: readonly string[]): Promise<string> {
    const { code, output } = await this.run(args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} failed:\n${output}`);
    return output;
  }

  /** Applies without asking. */
  apply(): Promise<Ended> {
    return this.run(["apply", "-auto-approve"]);
  }

  /** Plans, and answers the actions on the first resource that is not a data source. */
  async plan(): Promise<string> {
    await this.must(["plan", "-out=tfplan"]);
    const json = await this.must(["show", "-json", "tfplan"]); // spaces inside do not matter
    const { resource_changes = [] } = JSON.parse(json) as {
      resource_changes?: { readonly change: { readonly actions: readonly string[] } }[];
    };
    return resource_changes[0]?.change.actions.join(",") ?? "nothing";
  }

  /** The first managed instance of the state. */
  get instance(): Instance | undefined {
    const file = path.join(this.folder, "terraform.tfstate");
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
      resources: readonly { readonly mode: string; readonly instances: readonly Instance[] }[];
    };
    return resources.find(({ mode }) => mode === "managed")?.instances[0];
  }

  /** Names of what the provider left in the temporary folder. */
  get leftovers(): string[] {
    return readdirSync(path.join(this.folder, "tmp")).filter((it) => it.startsWith("armstead-"));
  }

  /** Process ids of this provider. */
  get processes(): string[] {
    return readdirSync("/proc").filter((it) => {
      if (!/^\d+$/.test(it)) return false;
      try {
        const program = readFileSync(`/proc/${it}/cmdline`, "utf8");
        const isProvider = program.includes("terraform-provider-armstead");
        return isProvider && readlinkSync(`/proc/${it}/cwd`) === this.folder;
      } catch {
        return false; // it ended meanwhile
      }
    });
  }

  /** Ends what a failed test left running, and removes the folder. */
  remove(): void {
    const running = this.#started.filter((it) => it.exitCode === null && it.signalCode === null);
    for (const it of running) it.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for a process and gathers what it says. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: output.replace(/\s+/g, " ") };
}

/**
 * Waits for a condition, looked at ten times a second.
 * @throws after half a minute
 */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
