/** A namespaced host with Python and Ansible's module code, whose files can be put back as they were. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { startNamespacedHost, type NamespacedHost } from "../support/namespaced-host";
import { changesTo, readSnapshot, type Changes, type Snapshot } from "./tree";

/** Where the program is that Ansible takes for Python. */
export const INTERPRETER = "/opt/ansible-python";

const SOCKET = "/run/ansible-modules";
/** Gives the machine what Ansible and its modules want to be there. */
const PREPARE = "prepare.sh";
const NAMESPACES = ["--user", "--mount", "--pid", "--uts", "--ipc", "--net", "--root", "--wd"];

/** A machine. */
export class Machine {
  #planter: ChildProcess;
  #answers: AsyncIterator<string>;
  #lines: Interface;
  #start: Snapshot = new Map();

  private constructor(readonly host: NamespacedHost) {
    [this.#planter, this.#lines, this.#answers] = this.#startPlanter();
  }

  static async start(): Promise<Machine> {
    const machine = new Machine(await startNamespacedHost("debian"));
    await machine.#prepare();
    return machine;
  }

  /** Starts the machine anew, for what files do not hold: its name, its processes, its kernel's settings. */
  async restart(): Promise<void> {
    this.#lines.close();
    await this.host.restart();
    [this.#planter, this.#lines, this.#answers] = this.#startPlanter();
    await this.#prepare();
  }

  /** Its files as they are, and as one more file what is mounted below /t. */
  look(): Snapshot {
    const mounts = this.#mounts();
    const content = Buffer.from(mounts.map((it) => `${it}\n`).join("")).toString("base64");
    const listed = { type: "file", mode: "", owner: 0, group: 0, content, names: 1 } as const;
    return new Map([...this.#read(), ...(mounts.length > 0 ? [["mounts", listed] as const] : [])]);
  }

  /** Makes its files as they were at the start, and mounts nothing. */
  async reset(): Promise<void> {
    const unmount = this.#mounts().map((it) => it.split(" ")[1] ?? "");
    await this.plant({ unmount: unmount.toReversed(), remove: [], write: [] });
    await this.plant(changesTo(this.#start, this.#read()));
  }

  /** Changes files. */
  async plant(changes: Changes): Promise<void> {
    const { unmount = [], remove, write } = changes;
    if (unmount.length + remove.length + write.length === 0) return;
    this.#planter.stdin?.write(`${JSON.stringify(changes)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error("the files of the machine cannot be changed");
  }

  async stop(): Promise<void> {
    this.#lines.close();
    await this.host.stop();
  }

  #read(): Snapshot {
    return readSnapshot(this.#root);
  }

  /** Lines of proc(5)'s list of mounts, in their order. */
  #mounts(): string[] {
    const lines = readFileSync(`/proc/${this.host.init}/mounts`, "utf8").split("\n");
    return lines.filter((it) => it.split(" ")[1]?.startsWith("/t/") === true);
  }

  get #root(): string {
    return `/proc/${this.host.init}/root`;
  }

  #startPlanter(): [ChildProcess, Interface, AsyncIterator<string>] {
    const script = readFileSync(path.join(__dirname, "plant.py"), "utf8");
    const child = this.#enter(["/usr/bin/python3", "-IS", "-c", script]);
    if (!child.stdout) throw new Error("no output");
    const lines = createInterface({ input: child.stdout });
    return [child, lines, lines[Symbol.asyncIterator]()];
  }

  /** Runs a program on the machine, not through its SSH server. */
  #enter(command: readonly string[]): ChildProcess {
    const target = ["--target", String(this.host.init), "--"];
    return spawn("nsenter", [...NAMESPACES, ...target, ...command], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" },
    });
  }

  /** Gives the machine what Ansible needs, and notes how it looks. */
  async #prepare(): Promise<void> {
    const attributes = { mode: "0755", owner: 0, group: 0 };
    const program = readFileSync(path.join(__dirname, "ansible", "modules.py"), "base64");
    const folders = ["/opt", "/t"].map(
      (at) => ({ at, type: "folder", content: "", ...attributes }) as const,
    );
    const file = { at: INTERPRETER, type: "file", content: program, ...attributes } as const;
    await this.plant({ remove: [], write: [...folders, file] });
    const server = this.#enter([INTERPRETER, "serve"]);
    const ended = once(server, "exit");
    while (!existsSync(this.#root + SOCKET)) {
      const pause = new Promise((resolve) => setTimeout(resolve, 20));
      await Promise.race([pause, ended]);
      if (server.exitCode !== null) throw new Error("the server of modules did not start");
    }
    const script = readFileSync(path.join(__dirname, PREPARE), "utf8");
    await once(this.#enter(["/bin/sh", "-c", script]), "exit");
    this.#start = this.#read();
  }
}
