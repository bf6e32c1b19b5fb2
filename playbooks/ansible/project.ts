/**
 * The folder that a real ansible-playbook works in: inventory, variables, playbooks with their files, known
 * hosts, key. Nobody else can read it, and it is gone when the run is. Secrets are in files of it alone.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fault, throwIfAny } from "../../core/faults";
import type { Secret } from "../../core/secret";
import { CERTIFICATE_ENDING, CertifiedKey } from "../certified-key";
import { dataText } from "../model/data-text";
import type { PlaybookSource } from "../model/source";
import type { RunInput, RunOptions } from "../runner/engine/run";
import { quote } from "../runner/transport/quote";
import { inventoryOf, knownHostsOf, type Ways } from "./inventory";
import { LAST_PLAY, PLUGIN, PLUGIN_SOURCE } from "./callback";

/** Paths of what was written. */
export interface Project {
  /** All of it; absolute. */
  readonly folder: string;
  /** What the paths of playbooks in messages start with. */
  readonly plays: string;
  readonly main: string;
  readonly inventory: string;
  /** Files of variables, lowest first. */
  readonly variables: readonly string[];
  readonly knownHosts: string;
  /** Prints the passphrase of the keys; undefined where there is none. */
  readonly askPassphrase: string | undefined;
  /** Undefined: the agent's keys are used. */
  readonly key: string | undefined;
  readonly plugins: string;
  /** For sockets of SSH connections, whose paths must be short. */
  readonly sockets: string;
  readonly temporary: string;
  remove(): void;
}

type Keys = Pick<RunOptions, "key" | "keys" | "bastionKey" | "passphrase">;

/** What Ansible reads in an import as nothing but a path. */
const PLAIN_NAME = /^[\w./@+-]+$/;

/**
 * Writes the folder.
 * @throws UserFault AS1490 for playbooks whose names Ansible would misread
 */
export function writeProject(
  sources: readonly PlaybookSource[],
  input: RunInput,
  { passphrase, ...keys }: Keys,
): Project {
  throwIfAny(
    sources.flatMap(({ name }) =>
      PLAIN_NAME.test(name) ? [] : [fault("AS1490", "", { given: name })],
    ),
  );
  const folder = mkdtempSync(path.join(tmpdir(), "arm-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const write = (name: string, content: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  try {
    const ways = writeWays(input, keys, write);
    return {
      ...writePlays(sources, input, write),
      folder,
      remove,
      inventory: write("inventory.yml", json(inventoryOf(input.inventory, ways))),
      variables: [
        write("vars.json", json(input.vars)),
        write("secrets.yml", secretsText(input.secretVars)),
      ],
      knownHosts: ways.knownHosts,
      key: ways.key,
      askPassphrase: passphrase && writeAskPassphrase(passphrase, write),
      plugins: path.dirname(write(`plugins/${PLUGIN}.py`, PLUGIN_SOURCE)),
      sockets: path.dirname(write("cp/.keep", "")),
      temporary: path.dirname(write("tmp/.keep", "")),
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A program for SSH: the passphrase is in no process list and in no environment. */
function writeAskPassphrase(
  passphrase: Secret,
  write: (name: string, content: string) => string,
): string {
  const file = write("passphrase", passphrase.reveal());
  const program = write("ask-passphrase", `#!/bin/sh\nexec cat ${quote(file)}\n`);
  chmodSync(program, 0o700);
  return program;
}

function writeWays(
  { inventory }: RunInput,
  { key, keys, bastionKey }: Omit<Keys, "passphrase">,
  write: (name: string, content: string) => string,
): Ways {
  // Without a line break at its end OpenSSH takes none.
  const writeKey = (name: string, it: Secret): string => {
    if (it instanceof CertifiedKey) write(`${name}${CERTIFICATE_ENDING}`, it.certificate);
    return write(name, `${it.reveal().trimEnd()}\n`);
  };
  const named = [...(keys ?? [])].map(([file, it], n) => [file, writeKey(`key-${n}`, it)] as const);
  return {
    key: key && writeKey("key", key),
    bastionKey: bastionKey && writeKey("bastion-key", bastionKey),
    keys: new Map(named),
    knownHosts: write("known_hosts", knownHostsOf(inventory)),
  };
}

/** Playbooks and files, side by side as they travel; names that lead out of their folder stay below this one. */
function writePlays(
  sources: readonly PlaybookSource[],
  { files }: RunInput,
  write: (name: string, content: string) => string,
): Pick<Project, "plays" | "main"> {
  const names = [...sources.map(({ name }) => name), ...files.keys()];
  const depth = Math.max(0, ...names.map(stepsUp));
  const base = path.posix.join("plays", ...Array.from({ length: depth }, () => "d"));
  for (const [name, content] of files) write(path.posix.join(base, name), content);
  const imports = sources.map(({ name, content }) => {
    write(path.posix.join(base, name), content);
    return { import_playbook: path.posix.join(...parts(base), name) };
  });
  // Its task runs here and counts on no host; hosts that failed are not in it any more.
  const end = {
    name: LAST_PLAY,
    hosts: "all",
    gather_facts: false,
    become: false,
    tasks: [{ name: LAST_PLAY, "ansible.builtin.debug": { msg: "" }, tags: ["always"] }],
  };
  const main = write("plays/armstead-main.yml", json([...imports, end]));
  return { main, plays: path.join(path.dirname(main), ...parts(base)) };
}

function parts(base: string): string[] {
  return base.split("/").slice(1);
}

function stepsUp(name: string): number {
  return path.posix
    .normalize(name)
    .split("/")
    .filter((it) => it === "..").length;
}

/** They are data to Ansible too: no template in them is rendered. */
function secretsText(secrets: RunInput["secretVars"]): string {
  const lines = Object.entries(secrets).map(
    ([name, it]) => `${JSON.stringify(name)}: !unsafe ${JSON.stringify(it.reveal())}\n`,
  );
  return lines.join("") || "{}\n";
}

function json(value: unknown): string {
  return `${dataText(value, { space: " ", yamlKeys: true })}\n`;
}
