/**
 * A real OpenSSH server on loopback, run by hand with keys and settings of its own. It runs as
 * the user of the tests; what must not reach this machine runs in a namespaced host.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { Secret } from "../../core/secret";

/** A running server and the way in. */
export interface Sshd {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Host keys, one of each type. */
  readonly hostKeys: readonly string[];
  readonly key: Secret;
  /** Path of the private key. */
  readonly keyFile: string;
  /** A folder for the test's files; removed with the server. */
  readonly folder: string;
  readonly pid: number;
  /** Starts the server again on the same port, after {@link Sshd.kill}. */
  restart(): Promise<void>;
  /** Other keys of the same types, from the next start on. */
  replaceHostKeys(): void;
  /** Ends the server at once, with all its connections. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** How the server differs from the usual one. */
export interface SshdOptions {
  /** Lines of sshd_config. */
  readonly config?: readonly string[];
  /** @default ed25519 */
  readonly hostKeyTypes?: readonly ("ed25519" | "ecdsa" | "rsa")[];
}

/** Starts a server; the promise settles when it answers. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(path.join(tmpdir(), "sshd-"));
  const login = makeLogin(folder);
  const types = options.hostKeyTypes ?? ["ed25519"];
  const hostKeys = types.map((it) => makeHostKey(folder, it));
  const port = await freePort();
  const command = opensshCommand({ folder, port, hostKeys, config: options.config ?? [] });
  let child = await startServer(command, port);
  const kill = async (): Promise<void> => {
    await killTree(child);
  };
  return {
    address: "127.0.0.1",
    port,
    user: userInfo().username,
    hostKeys: hostKeys.map((it) => it.publicKey),
    ...login,
    folder,
    get pid() {
      return child.pid ?? 0;
    },
    kill,
    replaceHostKeys() {
      for (const { file } of hostKeys) rmSync(file);
      for (const it of types) makeHostKey(folder, it);
    },
    async restart() {
      child = await startServer(command, port);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? (address?.port ?? 0) : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** Makes a key pair and an authorized_keys file that allows it. */
export function makeLogin(folder: string): { key: Secret; keyFile: string; publicKey: string } {
  const keyFile = path.join(folder, "id");
  keygen(keyFile, "ed25519");
  const publicKey = readFileSync(`${keyFile}.pub`, "utf8").trim();
  mkdirSync(path.join(folder, "auth"), { mode: 0o700 });
  writeFileSync(path.join(folder, "auth", "authorized_keys"), `${publicKey}\n`, { mode: 0o600 });
  return { key: new Secret(readFileSync(keyFile, "utf8")), keyFile, publicKey };
}

interface HostKey {
  readonly file: string;
  readonly publicKey: string;
}

function makeHostKey(folder: string, type: string): HostKey {
  const file = path.join(folder, `host_${type}`);
  keygen(file, type);
  const line = readFileSync(`${file}.pub`, "utf8").trim();
  return { file, publicKey: line.split(" ").slice(0, 2).join(" ") };
}

function keygen(file: string, type: string): void {
  execFileSync("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "", "-f", file]);
}

interface ServerFiles {
  readonly folder: string;
  readonly port: number;
  readonly hostKeys: readonly HostKey[];
}

function opensshCommand({
  folder,
  port,
  hostKeys,
  config,
}: ServerFiles & { readonly config: readonly string[] }): string[] {
  const file = path.join(folder, "sshd_config");
  // The privilege separation folder is a compiled-in path that a booted system has.
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const lines = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...hostKeys.map((it) => `HostKey ${it.file}`),
    `AuthorizedKeysFile ${folder}/auth/authorized_keys`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "PermitRootLogin prohibit-password",
    "LogLevel QUIET",
    // A shell that sshd starts reads the start files of its home: here there are none.
    `SetEnv HOME=${folder}`,
    ...config,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return ["/usr/sbin/sshd", "-D", "-e", "-f", file];
}

async function startServer(command: readonly string[], port: number): Promise<ChildProcess> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`the SSH server ended with ${code ?? "a signal"}: ${said}`));
    });
  });
  ended.catch(() => undefined);
  await Promise.race([answers(port), ended]);
  return child;
}

/** Settles when something listens on the port. */
export async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}

/** Kills the server and every process below it; sessions have process groups of their own. */
async function killTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  // From the top: a session that outlives its command would still tell how that ended.
  for (const pid of [child.pid, ...descendants(child.pid).reverse()]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
  await gone;
}

function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.flatMap(([it = 0, above]) => (above === parent && it !== 0 ? [...below(it), it] : []));
  return below(pid);
}
