/** What a run of plays reads before it connects anywhere. All that is wrong with it is told at once. */
import path from "node:path";
import { readPlaybook, readText } from "../cluster/references";
import { type Fault, fault, throwIfAny, UserFault } from "../core/faults";
import { expandHome } from "../core/folders";
import { Secret } from "../core/secret";
import { coveredNames, parseHostPattern } from "../playbooks/model/host-pattern";
import { NOTHING_BESIDE } from "../playbooks/model/variables-beside";
import {
  completeInventory,
  Vault,
  type CheckedPlaybooks,
  type Inventory,
  type ParsedPlaybooks,
  type PlaybookSource,
  type TravellingFiles,
} from "../playbooks/playbooks";
import { environmentKey, type ReadKey, readKeys } from "../playbooks/private-keys";
import type { Surroundings } from "./context";
import { readHandedInputs, type HandedInputs } from "./handed-inputs";
import { readExtraVars } from "./extra-vars";
import { openInventory, readKnownHosts, withKnownKeys } from "./read-inventory";
import { environmentName } from "./mirror-logins";
import { readKey } from "./read-key";
import { readVault } from "./vault-options";

/** Files as the command line names them. */
export interface PlayFiles {
  /** In the order in which they run; `-` alone: those that the environment holds. */
  readonly playbooks: readonly string[];
  /** Files, folders and lists of hosts, later ones win; or `env:NAME` for inputs that the environment holds. */
  readonly inventory: readonly string[];
  readonly limit?: string;
  readonly privateKey?: string;
  /** @default - the user's own, which may be missing */
  readonly knownHosts?: string;
  /** Names of variables whose values the environment has, as Terraform takes them. */
  readonly secretVar: readonly string[];
  /** Variables that win over all others, as written: `a=1`, `@file`, `{"a": 1}`. */
  readonly extraVar: readonly string[];
  /** Files with passwords of vaults, perhaps with labels: `LABEL@FILE`. @default - that of the environment */
  readonly vaultPasswordFile: readonly string[];
  /** Logs in where neither the inventory nor the play says who. @default root */
  readonly user?: string;
}

/** What was read. */
export interface PlayInputs {
  readonly playbooks: CheckedPlaybooks;
  readonly travelling: ReadonlyMap<string, string>;
  readonly inventory: Inventory;
  /** Undefined when none was named. */
  readonly key: Secret | undefined;
  /** For bastions that have none of their own; undefined when the environment has none. */
  readonly bastionKey: Secret | undefined;
  /** Keys that the inventory names, by the names of their files. */
  readonly keys: ReadonlyMap<string, Secret>;
  /** Reads a key that only plays name. @throws UserFault AS1001 */
  readonly readKey: (file: string) => Secret;
  /** Where the inventory came from: absolute paths, and lists of hosts. Undefined when it was handed over. */
  readonly inventorySources: readonly string[] | undefined;
  /** Variables that win over all others. */
  readonly vars: Readonly<Record<string, unknown>>;
  readonly secretVars: Readonly<Record<string, Secret>>;
}

type Place = Pick<Surroundings, "folder" | "environment">;
/** How playbooks are read: what is refused depends on what runs them. */
export type Parse = (
  sources: readonly PlaybookSource[],
  files: TravellingFiles,
  vault: Vault,
  reach: { readonly environment: boolean },
) => ParsedPlaybooks;

const HANDED = /^env:(?=\w)/;
const HANDED_PLAYS = "-";

/** @throws UserFault with all that is wrong */
export function readPlayInputs(files: PlayFiles, place: Place, parse: Parse): PlayInputs {
  const faults: Fault[] = [];
  const take = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserFault)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const [first = ""] = files.inventory;
  const variable = HANDED.test(first) ? first.replace(HANDED, "") : undefined;
  const handed = variable === undefined ? NONE : take(() => readHandedInputs(variable, place));
  const vault = take(() => readVault(files.vaultPasswordFile, place)) ?? new Vault([]);
  const plays = handed && take(() => readPlays(files.playbooks, place, { parse, handed, vault }));
  const beside = plays?.playbooks.beside ?? NOTHING_BESIDE;
  const inventory = handed && take(() => readHosts(files, place, { handed, vault, beside }));
  const keys = take(() => namedKeys(inventory ?? {}, place));
  const vars = take(() => readExtraVars(files.extraVar, { folder: place.folder, vault }));
  const key = take(() => findKey(files.privateKey ?? handed?.privateKeyPath, place));
  const bastionKey = take(() => environmentKey("bastions", place.environment, keyReader(place)));
  const secretVars = take(() => readSecrets(files.secretVar, place));
  if (!plays || !inventory || !secretVars || !keys || faults.length > 0)
    throw new UserFault(faults);
  return {
    ...plays,
    inventory,
    key,
    bastionKey,
    keys,
    readKey: keyReader(place),
    inventorySources: variable === undefined ? sourcesOf(files.inventory, place) : undefined,
    secretVars,
    vars: { ...handed.vars, ...vars },
  };
}

function sourcesOf(named: readonly string[], { folder }: Place): readonly string[] {
  return named.map((it) => (it.includes(",") ? it : path.resolve(folder, it)));
}

const NONE: Partial<HandedInputs> & Pick<HandedInputs, "vars"> = { vars: {} };

/** The named one, else that of the environment, as the provider takes it. */
function findKey(file: string | undefined, place: Place): Secret | undefined {
  const read = keyReader(place);
  return file === undefined ? environmentKey("hosts", place.environment, read) : read(file);
}

function keyReader({ folder, environment }: Place): ReadKey {
  return (file) => readKey(expandHome(file, environment), folder);
}

/** Those that the inventory names. @throws UserFault AS1001, one fault a file */
function namedKeys(inventory: Inventory, place: Place): ReadonlyMap<string, Secret> {
  const files = Object.values(inventory).flatMap(({ keyFile, jump }) => [keyFile, jump?.keyFile]);
  return readKeys(
    files.filter((it) => it !== undefined),
    keyReader(place),
  );
}

function readSecrets(
  names: readonly string[],
  { environment }: Place,
): Readonly<Record<string, Secret>> {
  const missing = names.filter((it) => environment[environmentName(it)] === undefined);
  throwIfAny(missing.map((it) => fault("AS1004", "--secret-var", { given: environmentName(it) })));
  return Object.fromEntries(
    names.map((it) => [it, new Secret(environment[environmentName(it)] ?? "")]),
  );
}

/** There is no plan between the command and the run. */
const REACH = { environment: true };

/** What was read before. */
interface Reading {
  readonly handed: Partial<HandedInputs>;
  readonly vault: Vault;
  readonly beside: CheckedPlaybooks["beside"];
}

function readPlays(
  files: readonly string[],
  { folder, environment }: Place,
  { parse, handed, vault }: Pick<Reading, "handed" | "vault"> & { readonly parse: Parse },
): Pick<PlayInputs, "playbooks" | "travelling"> {
  if (handed.playbooks && files.join() === HANDED_PLAYS) {
    const carried = new Map(Object.entries(handed.files ?? {}));
    const { playbooks, faults } = parse(handed.playbooks, carried, vault, REACH);
    throwIfAny(faults);
    return { playbooks, travelling: carried };
  }
  const faults: Fault[] = [];
  const travelling = new Map<string, string>();
  const sources = files.flatMap((file) => {
    const read = readPlaybook(file, { folder, home: environment.HOME });
    if (read.kind === "read") {
      for (const [name, content] of Object.entries(read.value.files)) {
        travelling.set(path.posix.join(path.posix.dirname(file), name), content);
      }
      return [{ name: file, content: read.value.content }];
    }
    // What is no list of plays is parsed all the same, which tells where it is wrong.
    const text = readText(path.resolve(folder, file), file);
    if (read.code === "AS1227" && text.kind === "read") {
      return [{ name: file, content: text.value }];
    }
    faults.push(fault("AS1001", "", read.parts));
    return [];
  });
  const parsed = parse(sources, travelling, vault, REACH);
  throwIfAny([...faults, ...parsed.faults]);
  return { playbooks: parsed.playbooks, travelling };
}

function readHosts(
  { inventory: named, limit, knownHosts, user }: PlayFiles,
  place: Place,
  { handed, vault, beside }: Reading,
): Inventory {
  const inventory = handed.inventory ?? readNamed(named, place, { vault, beside, user });
  if (limit !== undefined) throwIfAny(checkLimit(limit, inventory));
  return withKnownKeys(inventory, readKnownHosts(knownHosts, place));
}

function readNamed(
  named: readonly string[],
  place: Place,
  {
    vault,
    beside,
    user,
  }: Pick<Reading, "vault" | "beside"> & { readonly user: string | undefined },
): Inventory {
  const read = openInventory(named, place, vault);
  const whole = completeInventory(read.inventory, beside);
  throwIfAny([...read.faults, ...whole.faults]);
  const entries = Object.entries(whole.inventory).map(([name, host]) => {
    const isOpen = user !== undefined && host.open?.user === true;
    return [name, isOpen ? { ...host, user } : host] as const;
  });
  return Object.fromEntries(entries);
}

/** A limit that fits no host is a slip of the pen: with it, nothing would be done, and no word said. */
function checkLimit(limit: string, inventory: Inventory): Fault[] {
  const pattern = parseHostPattern("--limit", limit);
  if ("code" in pattern) return [pattern];
  const hosts = Object.entries(inventory).map(([name, it]) => ({ ...it, name }));
  if (coveredNames(pattern, hosts).size > 0) return [];
  const names = hosts.flatMap(({ name, groups }) => [name, ...groups]);
  const problem = "no host of the inventory fits";
  return [fault("AS1412", "--limit", { problem, given: limit, allowed: [...new Set(names)] })];
}
