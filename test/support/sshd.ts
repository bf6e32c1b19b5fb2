/**
 * A real OpenSSH server on loopback, run by hand with keys and settings of its own. It runs as
 * the user of the tests; what must not reach this machine runs in a namespaced host.
 */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { configureSshd, killSshd, startSshd as startServer } from "../../bench/bootstrap/sshd";
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

const ADDRESS = "127.0.0.1";

/** Starts a server; the promise settles when it answers. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(path.join(tmpdir(), "sshd-"));
  const login = makeLogin(folder);
  const types = options.hostKeyTypes ?? ["ed25519"];
  const hostKeys = types.map((it) => makeHostKey(folder, it));
  const port = await freePort();
  const place = { address: ADDRESS, port };
  const command = configureSshd({
    ...place,
    file: path.join(folder, "sshd_config"),
    hostKeys: hostKeys.map((it) => it.file),
    authorizedKeys: path.join(folder, "auth", "authorized_keys"),
    // Here are no start files.
    home: folder,
    further: options.config ?? [],
  });
  let child = await startServer(command, place);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    killSshd(child);
    await gone;
  };
  return {
    ...place,
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
      child = await startServer(command, place);
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
    server.listen(0, ADDRESS, () => {
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
