/** What a run of plays reads before it connects anywhere. All that is wrong with it is told at once. */
import path from "node:path";
import { readPlaybook, readText } from "../cluster/references";
import { type Fault, fault, throwIfAny, UserFault } from "../core/faults";
import type { Secret } from "../core/secret";
import { coveredNames, parseHostPattern } from "../playbooks/model/host-pattern";
import { type CheckedPlaybooks, type Inventory, parsePlaybooks } from "../playbooks/playbooks";
import type { Surroundings } from "./context";
import { readInventory, readKnownHosts, withKnownKeys } from "./read-inventory";
import { readKey } from "./read-key";

/** Files as the command line names them. */
export interface PlayFiles {
  /** In the order in which they run. */
  readonly playbooks: readonly string[];
  readonly inventory: string;
  readonly limit?: string;
  readonly privateKey?: string;
  /** @default - the user's own, which may be missing */
  readonly knownHosts?: string;
}

/** What was read. */
export interface PlayInputs {
  readonly playbooks: CheckedPlaybooks;
  readonly travelling: ReadonlyMap<string, string>;
  readonly inventory: Inventory;
  /** Undefined when none was named. */
  readonly key: Secret | undefined;
}

type Place = Pick<Surroundings, "folder" | "environment">;

/** @throws UserFault with all that is wrong */
export function readPlayInputs(files: PlayFiles, place: Place): PlayInputs {
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
  const { privateKey } = files;
  const plays = take(() => readPlays(files.playbooks, place));
  const inventory = take(() => readHosts(files, place));
  const key = privateKey === undefined ? undefined : take(() => readKey(privateKey, place.folder));
  if (!plays || !inventory || faults.length > 0) throw new UserFault(faults);
  return { ...plays, inventory, key };
}

function readPlays(
  files: readonly string[],
  { folder, environment }: Place,
): Pick<PlayInputs, "playbooks" | "travelling"> {
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
  const parsed = parsePlaybooks(sources, travelling);
  throwIfAny([...faults, ...parsed.faults]);
  return { playbooks: parsed.playbooks, travelling };
}

function readHosts({ inventory: file, limit, knownHosts }: PlayFiles, place: Place): Inventory {
  const inventory = readInventory(file, place);
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
