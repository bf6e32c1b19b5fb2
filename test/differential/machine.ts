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
/**
 * What Ansible and its modules want to be there, and this machine perhaps has not: su and sudo, of which those in /usr belong
 * to nobody here, and a user `op` who may use them with the password "op p4ss" (root's is
 * "r00t p4ss"). /srv/www is served on port 8010, with programs in cgi-bin.
 */
const PROGRAMS = `
mount -t tmpfs -o mode=755 none /usr/local/bin
ln -s /usr/bin/busybox /usr/local/bin/crontab
mkdir /dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 none /dev/pts
ln -s pts/ptmx /dev/ptmx
mkdir -p /var/spool/cron/crontabs /etc/cron.d
for program in /usr/bin/su /usr/bin/sudo /usr/libexec/sudo/sudoers.so; do
  install -o 0 -g 0 -m 4755 $program /usr/local/bin/
done
echo 'Plugin sudoers_policy /usr/local/bin/sudoers.so' > /etc/sudo.conf
printf 'root ALL=(ALL) NOPASSWD: ALL\nop ALL=(ALL) ALL\nop ALL=(daemon) NOPASSWD: ALL\n' > /etc/sudoers
chmod 440 /etc/sudoers
echo 'op:x:2000:2000::/home/op:/bin/sh' >> /etc/passwd
echo 'op:x:2000:' >> /etc/group
echo 'op:$5$armstead$.nW3vFfzimzR/lGJtuAAg80gjnoYMIFYxOAR0iDTUy6:19000:0:99999:7:::' >> /etc/shadow
sed -i 's|^root:[^:]*|root:$5$armstead$w5Jyr0A1Q8R6iwg5wO1f72SxrwT06zboSvUe54xANL1|' /etc/shadow
mkdir -p -m 1777 /var/tmp
mkdir -p /srv/www
busybox httpd -p 127.0.0.1:8010 -h /srv/www
sed 's/:.*/:*::/' /etc/group > /etc/gshadow
ln -s /usr/sbin/xtables-nft-multi /usr/local/bin/iptables
mkdir -p /home/op
cp -r /root/.ssh /home/op
chown -R 2000:2000 /home/op
`;
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

  /** Its files as they are. */
  read(): Snapshot {
    return readSnapshot(this.#root);
  }

  /** Makes its files as they were at the start. */
  async reset(): Promise<void> {
    await this.plant(changesTo(this.#start, this.read()));
  }

  /** Changes files. */
  async plant(changes: Changes): Promise<void> {
    if (changes.remove.length + changes.write.length === 0) return;
    this.#planter.stdin?.write(`${JSON.stringify(changes)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error("the files of the machine cannot be changed");
  }

  async stop(): Promise<void> {
    this.#lines.close();
    await this.host.stop();
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
    await once(this.#enter(["/bin/sh", "-c", PROGRAMS]), "exit");
    this.#start = this.read();
  }
}
