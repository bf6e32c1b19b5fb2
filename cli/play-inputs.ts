/** What a run of plays reads before it connects anywhere. All that is wrong with it is told at once. */
import path from "node:path";
import { readPlaybook, readText } from "../cluster/references";
import { type Fault, fault, throwIfAny, UserFault } from "../core/faults";
import { Secret } from "../core/secret";
import { coveredNames, parseHostPattern } from "../playbooks/model/host-pattern";
import type {
  CheckedPlaybooks,
  Inventory,
  ParsedPlaybooks,
  PlaybookSource,
  TravellingFiles,
} from "../playbooks/playbooks";
import type { Surroundings } from "./context";
import { readHandedInputs, type HandedInputs } from "./handed-inputs";
import { readInventory, readKnownHosts, withKnownKeys } from "./read-inventory";
import { environmentName } from "./mirror-logins";
import { readKey } from "./read-key";

/** Files as the command line names them. */
export interface PlayFiles {
  /** In the order in which they run; `-` alone: those that the environment holds. */
  readonly playbooks: readonly string[];
  /** A file, or `env:NAME` for inputs that the environment holds. */
  readonly inventory: string;
  readonly limit?: string;
  readonly privateKey?: string;
  /** @default - the user's own, which may be missing */
  readonly knownHosts?: string;
  /** Names of variables whose values the environment has, as Terraform takes them. */
  readonly secretVar: readonly string[];
}

/** What was read. */
export interface PlayInputs {
  readonly playbooks: CheckedPlaybooks;
  readonly travelling: ReadonlyMap<string, string>;
  readonly inventory: Inventory;
  /** Undefined when none was named. */
  readonly key: Secret | undefined;
  /** Variables that win over all others. */
  readonly vars: Readonly<Record<string, unknown>>;
  readonly secretVars: Readonly<Record<string, Secret>>;
}

type Place = Pick<Surroundings, "folder" | "environment">;
/** How playbooks are read: what is refused depends on what runs them. */
export type Parse = (sources: readonly PlaybookSource[], files: TravellingFiles) => ParsedPlaybooks;

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
  const variable = HANDED.test(files.inventory) ? files.inventory.replace(HANDED, "") : undefined;
  const handed = variable === undefined ? NONE : take(() => readHandedInputs(variable, place));
  const plays = handed && take(() => readPlays(files.playbooks, place, { parse, handed }));
  const inventory = handed && take(() => readHosts(files, place, handed));
  const key = take(() => findKey(files.privateKey ?? handed?.privateKeyPath, place));
  const secretVars = take(() => readSecrets(files.secretVar, place));
  if (!plays || !inventory || !secretVars || faults.length > 0) throw new UserFault(faults);
  return { ...plays, inventory, key, secretVars, vars: handed.vars };
}

const NONE: Partial<HandedInputs> & Pick<HandedInputs, "vars"> = { vars: {} };

/** The named one, else that of the environment, as the provider takes it. */
function findKey(file: string | undefined, { folder, environment }: Place): Secret | undefined {
  const { ARMSTEAD_SSH_PRIVATE_KEY: key, ARMSTEAD_SSH_PRIVATE_KEY_FILE: other, HOME } = environment;
  if (file === undefined && key) return new Secret(key);
  const named = file ?? (other === "" ? undefined : other);
  if (named === undefined) return undefined;
  return readKey(named.startsWith("~/") ? path.join(HOME ?? "", named.slice(2)) : named, folder);
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

function readPlays(
  files: readonly string[],
  { folder, environment }: Place,
  { parse, handed }: { readonly parse: Parse; readonly handed: Partial<HandedInputs> },
): Pick<PlayInputs, "playbooks" | "travelling"> {
  if (handed.playbooks && files.join() === HANDED_PLAYS) {
    const carried = new Map(Object.entries(handed.files ?? {}));
    const { playbooks, faults } = parse(handed.playbooks, carried);
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
  const parsed = parse(sources, travelling);
  throwIfAny([...faults, ...parsed.faults]);
  return { playbooks: parsed.playbooks, travelling };
}

function readHosts(
  { inventory: file, limit, knownHosts }: PlayFiles,
  place: Place,
  handed: Partial<HandedInputs>,
): Inventory {
  const inventory = handed.inventory ?? readInventory(file, place);
  if (limit !== undefined) throwIfAny(checkLimit(limit, inventory));
  return withKnownKeys(inventory, readKnownHosts(knownHosts, place));
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
