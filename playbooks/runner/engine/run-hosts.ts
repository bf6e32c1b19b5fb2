/** The hosts of a run: those of the inventory, and those that `add_host` brings. */
import { member } from "../../../core/mapping";
import { canonical } from "../../model/canonical";
import type { InventoryHost } from "../../model/inventory-host";
import type { HostRun } from "./host-run";

/** See the header. Names come in order. */
export class RunHosts {
  readonly #hosts = new Map<string, HostRun>();
  #groups: Readonly<Record<string, readonly string[]>> | undefined;

  /** @param make - makes a host's state */
  constructor(readonly make: (name: string, entry: InventoryHost) => HostRun) {}

  /** All hosts, in the order of their names; those that came later behind. */
  values(): readonly HostRun[] {
    return [...this.#hosts.values()];
  }

  /** Their names. */
  names(): readonly string[] {
    return [...this.#hosts.keys()];
  }

  /** A host by its name. */
  get(name: string): HostRun | undefined {
    return this.#hosts.get(name);
  }

  /** Adds a host, or replaces what is known of it. @returns whether anything is new */
  put(name: string, entry: InventoryHost): boolean {
    const known = this.#hosts.get(name);
    this.#groups = undefined;
    if (!known) {
      this.#hosts.set(name, this.make(name, entry));
      return true;
    }
    const isNew = canonical(known.entry) !== canonical(entry);
    known.entry = entry;
    return isNew;
  }

  /** Names of hosts by group; every host is in `all`. */
  get groups(): Readonly<Record<string, readonly string[]>> {
    this.#groups ??= this.#groupsNow();
    return this.#groups;
  }

  #groupsNow(): Readonly<Record<string, readonly string[]>> {
    const groups = new Map<string, string[]>([
      ["all", []],
      ["ungrouped", []],
    ]);
    for (const { name, entry } of this.#hosts.values()) {
      const of = entry.groups.length > 0 ? entry.groups : ["ungrouped"];
      for (const group of new Set(["all", ...of])) {
        const members = groups.get(group);
        if (members) members.push(name);
        else groups.set(group, [name]);
      }
    }
    for (const [group, members] of groups) this.#sort(group, members);
    return Object.fromEntries(groups);
  }

  /** Hosts stand in a group as the inventory has them there; those that came later behind. */
  #sort(group: string, members: string[]): void {
    const place = (name: string): number =>
      member(this.#hosts.get(name)?.entry.places, group) ?? Number.MAX_SAFE_INTEGER;
    members.sort((a, b) => place(a) - place(b));
  }
}
