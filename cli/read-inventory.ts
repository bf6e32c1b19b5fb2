/** Inventories that a command line names, with host keys from known_hosts where they name none. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { readText } from "../cluster/references";
import { fault, type Fault, throwIfAny, UserFault } from "../core/faults";
import { KnownHosts } from "../playbooks/known-hosts";
import { SSH_PORT } from "../playbooks/model/inventory-host";
import { isIgnoredInventory } from "../playbooks/model/inventory/ignored-names";
import { NOTHING_BESIDE } from "../playbooks/model/variables-beside";
import {
  completeInventory,
  type Inventory,
  type InventoryHost,
  type InventorySource,
  type ParsedInventory,
  parseInventories,
} from "../playbooks/playbooks";
import type { Vault } from "../playbooks/vault/vault";
import type { Surroundings } from "./context";

type Place = Pick<Surroundings, "folder" | "environment">;

/**
 * Reads inventories as one: files, folders of them, and lists of hosts such as `web1,web2,`.
 * What is wrong with them comes back, what cannot be read included.
 */
export function openInventory(
  named: readonly string[],
  place: Place,
  vault?: Vault,
): ParsedInventory {
  const reading = new Reading(place);
  for (const it of named) reading.add(it);
  const { faults, sources, folders, files } = reading;
  const parsed = parseInventories({ sources, folders: [...folders], files, vault });
  return { ...parsed, faults: [...faults, ...parsed.faults] };
}

/** The same for one inventory by itself. @throws UserFault with all that is wrong with it */
export function readInventory(named: string, place: Place): Inventory {
  const { inventory, faults } = openInventory([named], place);
  throwIfAny(faults);
  return completeInventory(inventory, NOTHING_BESIDE).inventory;
}

class Reading {
  readonly faults: Fault[] = [];
  readonly sources: InventorySource[] = [];
  readonly folders = new Set<string>();
  readonly files = new Map<string, string>();

  constructor(readonly place: Place) {}

  add(named: string): void {
    const kind = this.#kindOf(named);
    if (kind === undefined && named.includes(",")) {
      this.sources.push({ kind: "list", text: named });
      return;
    }
    const folder = kind === "folder" ? named : path.dirname(named);
    if (kind === "folder") this.#addFolder(named);
    else this.#addFile(named);
    if (this.folders.delete(folder)) this.folders.add(folder);
    else this.#addVariables(folder);
  }

  #addFolder(folder: string): void {
    for (const name of this.#namesIn(folder).filter((it) => !isIgnoredInventory(it))) {
      const file = path.join(folder, name);
      if (this.#kindOf(file) === "folder") this.#addFolder(file);
      else this.#addFile(file);
    }
  }

  #addFile(name: string): void {
    const content = this.#read(name);
    const absolute = path.resolve(this.place.folder, name);
    if (content !== undefined) this.sources.push({ kind: "file", name, content, absolute });
  }

  #addVariables(folder: string): void {
    this.folders.add(folder);
    for (const kind of ["group_vars", "host_vars"]) this.#addBelow(path.join(folder, kind));
  }

  #addBelow(folder: string): void {
    for (const name of this.#namesIn(folder)) {
      const file = path.join(folder, name);
      if (name.startsWith(".") || name.endsWith("~")) continue;
      if (this.#kindOf(file) === "folder") this.#addBelow(file);
      else if (/(^[^.]*|\.ya?ml|\.json)$/.test(name) || path.basename(folder).endsWith("_vars")) {
        const content = this.#read(file);
        if (content !== undefined) this.files.set(file, content);
      }
    }
  }

  #read(name: string): string | undefined {
    const text = readText(path.resolve(this.place.folder, name), name);
    if (text.kind === "read") return text.value;
    this.faults.push(fault("AS1001", "", text.parts));
    return undefined;
  }

  #kindOf(name: string): "file" | "folder" | undefined {
    const found = statSync(path.resolve(this.place.folder, name), { throwIfNoEntry: false });
    if (!found) return undefined;
    return found.isDirectory() ? "folder" : "file";
  }

  #namesIn(folder: string): string[] {
    if (this.#kindOf(folder) !== "folder") return [];
    return readdirSync(path.resolve(this.place.folder, folder)).sort();
  }
}

/**
 * Host keys that are allowed.
 * @param file - of known_hosts; default: the user's own, which may be missing
 * @throws UserFault AS1001
 */
export function readKnownHosts(file: string | undefined, place: Place): KnownHosts {
  if (file !== undefined) return new KnownHosts(read(file, place));
  const own = readText(path.join(place.environment.HOME ?? "", ".ssh", "known_hosts"), "");
  return new KnownHosts(own.kind === "read" ? own.value : "");
}

/** The inventory's own keys win. */
export function withKnownKeys(inventory: Inventory, known: KnownHosts): Inventory {
  const complete = <T extends Pick<InventoryHost, "address" | "port" | "hostKeys">>(it: T): T =>
    it.hostKeys.length > 0
      ? it
      : { ...it, hostKeys: known.keysOf(it.address, it.port ?? SSH_PORT) };
  const entries = Object.entries(inventory).map(([name, { jump, ...host }]) => {
    const through = jump === undefined ? {} : { jump: complete(jump) };
    return [name, { ...complete(host), ...through }] as const;
  });
  return Object.fromEntries(entries);
}

function read(file: string, { folder }: Place): string {
  const text = readText(path.resolve(folder, file), file);
  if (text.kind === "wrong") throw new UserFault([fault("AS1001", "", text.parts)]);
  return text.value;
}
