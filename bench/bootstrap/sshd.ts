/** One OpenSSH server on loopback, run by hand with files and settings of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { type CallOptions, sleep } from "../../core/bounded";
import { treeOf } from "../process-tree";
import { tryKill } from "../try-kill";

/** Where a server listens. */
export interface SshdPlace {
  readonly address: string;
  readonly port: number;
}

/** What a server is made of. */
export interface SshdSettings extends SshdPlace {
  /** The file of its settings, which is written. */
  readonly file: string;
  /** Files with its private keys. */
  readonly hostKeys: readonly string[];
  readonly authorizedKeys: string;
  /** The home of whoever logs in: a shell that the server starts reads the start files there. */
  readonly home: string;
  /** Further lines of settings. @default none */
  readonly further?: readonly string[];
}

const PROGRAM = "/usr/sbin/sshd";
const TRIES = 3_000;
const PAUSE_MS = 20;

/** Writes the settings. @returns the command that runs the server */
export function configureSshd(settings: SshdSettings): string[] {
  const { file, address, port, hostKeys, authorizedKeys, home, further = [] } = settings;
  // The privilege separation folder is a compiled-in path that a booted system has.
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const lines = [
    `ListenAddress ${address}:${port}`,
    ...hostKeys.map((it) => `HostKey ${it}`),
    `AuthorizedKeysFile ${authorizedKeys}`,
    `SetEnv HOME=${home}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "PermitRootLogin prohibit-password",
    "LogLevel QUIET",
    ...further,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return [PROGRAM, "-D", "-e", "-f", file];
}

/** Starts a server; settles when it answers. @throws Error with what it said when it ends before */
export async function startSshd(
  [program = PROGRAM, ...words]: readonly string[],
  place: SshdPlace,
  options: CallOptions = {},
): Promise<ChildProcess> {
  // Its answers would be taken for ours.
  if (await accepts(place)) throw new Error(`another server listens on ${nameOf(place)}`);
  const child = spawn(program, words, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`an SSH server ended with ${String(code ?? signal)}: ${said.trim()}`));
    });
  });
  ended.catch(() => undefined);
  try {
    await Promise.race([answers(place, options), ended]);
    return child;
  } catch (error) {
    killSshd(child);
    throw error;
  }
}

/** Ends a server at once, with its sessions and all that they started. */
export function killSshd({ pid, stderr }: ChildProcess): void {
  // From the top: a session that outlives its command would still tell how that ended.
  for (const it of pid === undefined ? [] : treeOf(pid)) tryKill(it);
  // What has left the tree may hold it open.
  stderr?.destroy();
}

/** Settles when something listens there. */
async function answers(place: SshdPlace, options: CallOptions = {}): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await accepts(place)) return;
    await sleep(PAUSE_MS, options);
  }
  throw new Error(`nothing listens on ${nameOf(place)}`);
}

function nameOf({ address, port }: SshdPlace): string {
  return `${address}:${port}`;
}

function accepts({ address, port }: SshdPlace): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
