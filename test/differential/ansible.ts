/** Runs cases with the real ansible-playbook: one process that imported it, and a fork of it for each run. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { NamespacedHost } from "../support/namespaced-host";
import { collectionsFolder } from "./collections";
import { connectionOf } from "./connection";
import { playbooksOf, type Case, type RunName } from "./case";
import { INTERPRETER } from "./machine";
import type { Outcome, Recap, TaskEnd } from "./outcome";

const HERE = path.join(__dirname, "ansible");
/** Debian's own: another one on the path may lack Ansible. */
const PYTHON = "/usr/bin/python3";
const LONGEST_RUN_S = 120;

/** What a run did, but for the files. */
export type Played = Omit<Outcome, "tree" | "local">;

interface Told {
  readonly host?: string;
  readonly task?: string;
  readonly status?: string;
  readonly module?: string;
  readonly message?: string;
  readonly recap?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Ansible for one machine, one run at a time. */
export class Ansible {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #lines: Interface;
  readonly #gone: Promise<unknown>;
  #runs = 0;
  #connections = 0;

  constructor(readonly machine: NamespacedHost) {
    // Short: the path of a socket is made below it.
    this.#folder = mkdtempSync(path.join(tmpdir(), "an-"));
    writeFileSync(this.#at("id"), machine.key.reveal(), { mode: 0o600 });
    this.#process = spawn(PYTHON, ["-I", path.join(HERE, "serve.py")], {
      stdio: ["pipe", "pipe", "inherit"],
      env: this.#environment(),
    });
    this.#gone = new Promise((resolve) => this.#process.once("exit", resolve));
    const { stdout } = this.#process;
    if (!stdout) throw new Error("Ansible's process has no output");
    this.#lines = createInterface({ input: stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /**
   * Opens the connections that all runs share, one a host: dropbear closes channels that wait for their command when
   * another one of their connection ends.
   */
  async #connect(hosts: number): Promise<void> {
    while (this.#connections < hosts) await this.#connectOne((this.#connections += 1));
  }

  async #connectOne(number: number): Promise<void> {
    const { address, port, user } = this.machine;
    const options = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"];
    const words = [...options, this.#control(number)].flatMap((it) => ["-o", it]);
    const way = [
      "-F",
      "none",
      "-q",
      "-i",
      this.#at("id"),
      "-p",
      String(port),
      `${user}@${address}`,
    ];
    const master = spawn("ssh", ["-M", "-N", "-f", ...words, ...way], { stdio: "ignore" });
    const [code] = (await once(master, "exit")) as [number | null];
    if (code !== 0) throw new Error("no connection to the machine");
  }

  /** @param folder - with the case's files */
  async run(it: Case, run: RunName, folder: string): Promise<Played> {
    await this.#connect(it.hosts.length);
    const about = this.#at(`run-${(this.#runs += 1)}`);
    mkdirSync(about);
    writeFileSync(path.join(about, "vars.json"), JSON.stringify(it.vars));
    writeFileSync(path.join(about, "connection.json"), JSON.stringify(this.#connection(it)));
    const job = {
      folder,
      arguments: this.#arguments(it, run, about),
      seconds: LONGEST_RUN_S,
      output: path.join(about, "output"),
      environment: { OUTCOME_FILE: path.join(about, "outcome") },
    };
    this.#process.stdin?.write(`${JSON.stringify(job)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error("Ansible's process has ended");
    const { code } = JSON.parse(answer.value) as { code: number | null };
    const played = readOutcome(about, code);
    rmSync(about, { recursive: true });
    return played;
  }

  /** Ends its process and its connection. */
  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await this.#gone;
    this.disconnect();
    this.#lines.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Ends the connections: the next run makes others. */
  disconnect(): void {
    for (; this.#connections > 0; this.#connections -= 1) {
      const words = ["-F", "none", "-q", "-o", this.#control(this.#connections)];
      const port = String(this.machine.port);
      spawnSync("ssh", [...words, "-p", port, "-l", this.machine.user, "-O", "exit", "any"], {
        stdio: "ignore",
      });
    }
  }

  /** By port and user as well: a host with another port is not there, and must not be reached. */
  #control(number: number | string): string {
    return `ControlPath=${this.#at(`c%p-%r-${number}`)}`;
  }

  #at(name: string): string {
    return path.join(this.#folder, name);
  }

  #environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      PYTHONDONTWRITEBYTECODE: "1",
      HOME: this.#folder,
      LANG: "C.UTF-8",
      ANSIBLE_CONFIG: path.join(HERE, "ansible.cfg"),
      ANSIBLE_HOME: this.#at("home"),
      ANSIBLE_LOCAL_TEMP: this.#at("tmp"),
      ANSIBLE_COLLECTIONS_PATH: collectionsFolder(),
      ANSIBLE_CALLBACK_PLUGINS: path.join(HERE, "callback"),
      ANSIBLE_STDOUT_CALLBACK: "outcome",
      ANSIBLE_HOST_KEY_CHECKING: "False",
      ANSIBLE_RETRY_FILES_ENABLED: "False",
      // A busy machine is slow, but it is there.
      ANSIBLE_TIMEOUT: "60",
      ANSIBLE_SSH_RETRIES: "2",
      ANSIBLE_PIPELINING: "True",
      ANSIBLE_SSH_TRANSFER_METHOD: "piped",
      ANSIBLE_PRIVATE_KEY_FILE: this.#at("id"),
    };
  }

  /** A second inventory, of variables only: how the hosts of the first one are reached, and where their files are. */
  #connection({ hosts }: Case): object {
    const root = hosts.length === 1 ? "/t" : "/t/{{ inventory_hostname }}";
    const numbers = Object.fromEntries(hosts.map((name, index) => [name, index + 1]));
    const number = `{{ ${JSON.stringify(numbers)}[inventory_hostname] | default(1) }}`;
    const vars = {
      ...connectionOf(this.machine),
      ansible_python_interpreter: INTERPRETER,
      ansible_ssh_args: `-F none -o ${this.#control(number)}`,
      root,
    };
    return { all: { vars } };
  }

  #arguments(it: Case, run: RunName, about: string): string[] {
    return [
      ...["-i", it.inventory ?? "inventory.yml", "-i", path.join(about, "connection.json")],
      ...["-e", `@${path.join(about, "vars.json")}`],
      ...(run === "check" ? ["--check"] : []),
      ...(it.diff ? ["--diff"] : []),
      ...(it.tags ? ["--tags", it.tags.join(",")] : []),
      ...(it.skipTags ? ["--skip-tags", it.skipTags.join(",")] : []),
      ...(it.limit === undefined ? [] : ["--limit", it.limit]),
      ...playbooksOf(it),
    ];
  }
}

function readOutcome(folder: string, code: number | null): Played {
  const output = readFileSync(path.join(folder, "output"), "utf8");
  const lines = readLines(path.join(folder, "outcome"));
  const tasks = new Map<string, TaskEnd[]>();
  for (const { host = "", task = "", status = "", module = "", message = "" } of lines) {
    if (host !== "")
      tasks.set(host, [...(tasks.get(host) ?? []), { task, status, module, message }]);
  }
  const recap = lines.find((it) => it.recap !== undefined)?.recap;
  const ends = code === 0 ? "ok" : recap === undefined ? "refused" : endOf(recap);
  const recaps = Object.entries(recap ?? {}).map(([host, it]) => [host, recapOf(it)] as const);
  return {
    ends,
    tasks,
    recaps: new Map(recaps),
    told: code === null ? `took too long\n${output}` : output,
  };
}

function endOf(recap: NonNullable<Told["recap"]>): Outcome["ends"] {
  return Object.values(recap).some((it) => it.failures) ? "failed" : "unreachable";
}

function recapOf({ failures = 0, ...others }: Readonly<Record<string, number>>): Recap {
  return { failed: failures, ...others } as unknown as Recap;
}

function readLines(at: string): Told[] {
  try {
    const lines = readFileSync(at, "utf8").split("\n").slice(0, -1);
    return lines.map((it) => JSON.parse(it) as Told);
  } catch {
    return []; // it ended before the callback was made
  }
}
