/**
 * Many real OpenSSH servers on loopback, a host each: own address, own key, own home. They share this machine's
 * files, so a play keeps to the folder that its host has.
 */
import { type ChildProcess, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { type CallOptions, mapBounded } from "../../core/bounded";
import { newSshKeyPair } from "../../core/ssh-key-pair";
import { readProc, treeOf } from "../process-tree";
import { familySeconds } from "../usage";
import { configureSshd, killSshd, startSshd } from "./sshd";

/** Hosts that answer, and what a tool needs to reach them. */
export interface SshHosts {
  /** An INI inventory of all of them, in the group `nodes`; `site` is the folder of each. */
  readonly inventory: string;
  readonly knownHosts: string;
  readonly keyFile: string;
  /** Forgets what plays have made. */
  clear(): void;
  /** Folders by host. */
  readonly sites: readonly string[];
  /** What the servers and all that they started have worked so far. */
  cpuSeconds(): number;
  stop(): void;
}

const PORT = 2222;
/** A part of loopback that labs leave alone: 127.32.0.1 to 127.32.0.250, 127.32.1.1 and so on. */
const ADDRESSES = 250;
/** Servers that start at a time. */
const STARTS = 20;

interface HostPlace {
  readonly name: string;
  readonly address: string;
  readonly folder: string;
  readonly hostKey: string;
}

/** Starts so many servers below a folder; settles when all of them answer. */
export async function startSshHosts(
  folder: string,
  count: number,
  options: CallOptions,
): Promise<SshHosts> {
  const login = makeLogin(folder);
  const places = Array.from({ length: count }, (_, at) => makePlace(folder, at));
  const servers: ChildProcess[] = [];
  const stop = (): void => {
    // With their sessions: Ansible keeps connections open, which would outlive the bench.
    for (const it of servers) killSshd(it);
  };
  try {
    await mapBounded(places, STARTS, async (place) => {
      servers.push(await startSshd(commandOf(place, folder), { ...place, port: PORT }, options));
    });
  } catch (error) {
    stop();
    throw error;
  }
  const inventory = path.join(folder, "inventory.ini");
  writeFileSync(inventory, inventoryOf(places, login));
  const knownHosts = path.join(folder, "known_hosts");
  const lines = places.map(({ address, hostKey }) => `[${address}]:${PORT} ${hostKey}\n`);
  writeFileSync(knownHosts, lines.join(""));
  const sites = places.map(siteOf);
  return {
    ...{ inventory, knownHosts, keyFile: login, sites, stop },
    cpuSeconds() {
      const pids = servers.flatMap(({ pid }) => (pid === undefined ? [] : treeOf(pid)));
      return pids.reduce((sum, it) => sum + familySeconds(readProc(`${it}/stat`)), 0);
    },
    clear() {
      for (const it of sites) rmSync(it, { recursive: true, force: true });
    },
  };
}

function makeLogin(folder: string): string {
  const pair = newSshKeyPair();
  const file = path.join(folder, "id");
  writeFileSync(file, pair.privateKey, { mode: 0o600 });
  writeFileSync(path.join(folder, "authorized_keys"), `${pair.publicKey}\n`, { mode: 0o600 });
  return file;
}

function makePlace(base: string, at: number): HostPlace {
  const name = `node-${String(at + 1).padStart(3, "0")}`;
  const address = `127.32.${Math.floor(at / ADDRESSES)}.${(at % ADDRESSES) + 1}`;
  const folder = path.join(base, name);
  mkdirSync(path.join(folder, "home"), { recursive: true });
  const key = newSshKeyPair();
  writeFileSync(path.join(folder, "host_key"), key.privateKey, { mode: 0o600 });
  const hostKey = key.publicKey;
  return { name, address, folder, hostKey };
}

function siteOf({ folder }: HostPlace): string {
  return path.join(folder, "site");
}

function commandOf({ address, folder }: HostPlace, base: string): string[] {
  return configureSshd({
    ...{ address, port: PORT },
    file: path.join(folder, "sshd_config"),
    hostKeys: [path.join(folder, "host_key")],
    authorizedKeys: path.join(base, "authorized_keys"),
    home: path.join(folder, "home"),
    further: ["Subsystem sftp internal-sftp"],
  });
}

function inventoryOf(places: readonly HostPlace[], keyFile: string): string {
  const hosts = places.map((it) => `${it.name} ansible_host=${it.address} site=${siteOf(it)}`);
  const shared = [
    `ansible_port=${PORT}`,
    `ansible_user=${userInfo().username}`,
    `ansible_ssh_private_key_file=${keyFile}`,
  ];
  return `[nodes]\n${hosts.join("\n")}\n\n[nodes:vars]\n${shared.join("\n")}\n`;
}

/** What the server calls itself, as `OpenSSH_9.2p1`. */
export function sshdVersion(): string {
  // Older ones do not know the option, and say the version together with that.
  const { stderr } = spawnSync("/usr/sbin/sshd", ["-V"], { encoding: "utf8" });
  return /OpenSSH_[^\s,]+/.exec(stderr)?.[0] ?? "sshd";
}
