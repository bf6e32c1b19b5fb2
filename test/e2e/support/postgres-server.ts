/**
 * A PostgreSQL server of its own: a new cluster in a private folder, on a free port of the loopback
 * interface, with a password. It ends with the process that started it.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { must, type Running, start } from "./run";

const BUILDS = "/usr/lib/postgresql";
/** PostgreSQL refuses root; in a user namespace of its own it is somebody else, whom its files belong to. */
const AS_NOBODY =
  process.getuid?.() === 0 ? ["unshare", "--user", "--map-user=65534", "--map-group=65534"] : [];
/** A killed test run leaves no server: SIGINT ends it at once, and in order. */
const WITH_PARENT = ["setpriv", "--pdeathsig", "INT"];
/** Nothing here outlives the test, so nothing waits for a disk; no socket but the one on loopback. */
const SETTINGS = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories="];
const PORT_TAKEN = "could not create any TCP/IP sockets";
const ATTEMPTS = 5;

/** See the header. */
export class PostgresServer {
  readonly user = "armstead";
  readonly password = "no-guess-1f0c6a";
  readonly #folder = mkdtempSync(path.join(tmpdir(), "pg-"));
  #running: Running | undefined;
  #port = 0;

  /** Where it listens; neither user nor password are part of it. */
  get url(): string {
    return `postgres://127.0.0.1:${this.#port}/postgres?sslmode=disable`;
  }

  /** What libpq, and with it Terraform, reads of its environment. */
  get env(): Readonly<Record<string, string>> {
    return { PGUSER: this.user, PGPASSWORD: this.password };
  }

  /** Makes the cluster and starts the server; resolves when it takes connections. */
  async start(): Promise<void> {
    const passwordFile = path.join(this.#folder, "password");
    writeFileSync(passwordFile, this.password, { mode: 0o600 });
    mkdirSync(this.#data, { mode: 0o700 });
    const login = ["--username", this.user, "--pwfile", passwordFile, "--auth=scram-sha-256"];
    const form = ["--locale=C", "--encoding=UTF8", "--no-sync"];
    const words = [...AS_NOBODY, program("initdb"), "--pgdata", this.#data, ...login, ...form];
    await must("env", words, { cwd: this.#folder });
    for (let attempt = 1; !(await this.#serve()); attempt += 1) {
      if (attempt === ATTEMPTS) throw new Error(`no free port in ${ATTEMPTS} attempts`);
    }
  }

  /** Rows of a query as text. */
  async query(sql: string): Promise<string> {
    const words = ["--no-psqlrc", "--tuples-only", "--no-align", "--command", sql, this.url];
    return must(program("psql"), words, { cwd: this.#folder, env: this.env });
  }

  /** Ends the server, and removes all that it wrote. Content when it does not run. */
  async close(): Promise<void> {
    this.#running?.child.kill("SIGINT");
    await this.#running?.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return path.join(this.#folder, "data");
  }

  /** @returns false when somebody else took the port meanwhile */
  async #serve(): Promise<boolean> {
    this.#port = await freePort();
    const settings = [...SETTINGS, `port=${this.#port}`].flatMap((it) => ["-c", it]);
    const words = [...AS_NOBODY, ...WITH_PARENT, program("postgres"), "-D", this.#data];
    const running = start("env", [...words, ...settings], { cwd: this.#folder });
    this.#running = running;
    try {
      await running.seen(/ready to accept connections/);
      return true;
    } catch (error) {
      const { output } = await running.ended;
      if (output.includes(PORT_TAKEN)) return false;
      throw error;
    }
  }
}

/** A program of the newest PostgreSQL that is installed. */
function program(name: string): string {
  const [newest] = readdirSync(BUILDS).sort((a, b) => Number(b) - Number(a));
  return path.join(BUILDS, newest ?? "", "bin", name);
}

/** The server cannot choose a port by itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  });
}
