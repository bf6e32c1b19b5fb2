/** A real OpenSSH server on the loopback that knows one key and runs commands as this user. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, connect, type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

const SSHD = "/usr/sbin/sshd";

/** Whether this machine has what the server needs. */
export const hasSshServer = existsSync(SSHD) && spawnSync("ssh-keygen", ["-?"]).error === undefined;

/** See the header. */
export class SshServer {
  readonly folder = mkdtempSync(path.join(tmpdir(), "ssh-"));
  readonly user = userInfo().username;
  port = 0;
  #process: ChildProcess | undefined;

  /** File with the private key that may log in. */
  get keyFile(): string {
    return path.join(this.folder, "user");
  }

  /** The server's key, one OpenSSH line without comment. */
  get hostKey(): string {
    const line = readFileSync(path.join(this.folder, "host.pub"), "utf8");
    return line.split(" ").slice(0, 2).join(" ");
  }

  /** Starts; the keys stay the same when it is started again. */
  async start(): Promise<void> {
    if (this.port === 0) await this.#prepare();
    // sshd insists on this folder when it runs as root.
    if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
    const child = spawn(SSHD, ["-D", "-e", "-f", path.join(this.folder, "config")], {
      stdio: "ignore",
    });
    this.#process = child;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error("sshd did not start");
    }
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }

  /** Stops and removes all files. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const socket = connect(this.port, "127.0.0.1");
    try {
      await once(socket, "data");
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  async #prepare(): Promise<void> {
    for (const name of ["host", "user"]) {
      const file = path.join(this.folder, name);
      spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
      chmodSync(file, 0o600);
    }
    this.port = await freePort();
    const config = [
      `ListenAddress 127.0.0.1:${this.port}`,
      `HostKey ${path.join(this.folder, "host")}`,
      `AuthorizedKeysFile ${path.join(this.folder, "user.pub")}`,
      "StrictModes no",
      "UsePAM no",
      "PidFile none",
    ];
    writeFileSync(path.join(this.folder, "config"), `${config.join("\n")}\n`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
