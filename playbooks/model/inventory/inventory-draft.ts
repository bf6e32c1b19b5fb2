/** An inventory while its sources are read: groups with their children, hosts with their variables. */
import type { Fault, FaultParts } from "../../../core/faults";
import { isMapping } from "../../../core/mapping";
import type { Variables } from "../play";
import { readHostNames } from "./host-names";

/** Makes a fault at the place in a file that something came from. */
export type Place = (parts: FaultParts) => Fault;

/** A group. */
export interface GroupDraft {
  readonly name: string;
  readonly vars: Record<string, unknown>;
  /** Of groups of one depth, those with a higher one win. */
  priority: number;
  readonly parents: Set<string>;
  readonly children: Set<string>;
  readonly hosts: Set<string>;
}

/** A host. */
export interface HostDraft {
  readonly vars: Record<string, unknown>;
  /** Where it was named last with variables, or first. */
  place: Place;
}

const GROUP_NAME = /^[^\s:[\],!&~*?]+$/;

/** See the header. `all` and `ungrouped` are always there. */
export class InventoryDraft {
  readonly faults: Fault[] = [];
  readonly groups = new Map<string, GroupDraft>();
  readonly hosts = new Map<string, HostDraft>();
  /** Variables that say where a host was named first. */
  source: Variables = {};

  /** Makes an inventory without hosts. */
  constructor() {
    this.#put("all");
    this.#put("ungrouped");
    this.addChild("all", "ungrouped", () => {
      throw new Error("ungrouped is below all");
    });
  }

  /** @returns whether the group is there now; a wrong name is reported */
  addGroup(name: string, place: Place): boolean {
    if (this.groups.has(name)) return true;
    if (!GROUP_NAME.test(name)) {
      this.faults.push(place({ problem: "wrong name of a group", given: name }));
      return false;
    }
    this.#put(name);
    return true;
  }

  /** Puts a group below another one. */
  addChild(parent: string, child: string, place: Place): void {
    if (parent === child || this.ancestors(parent).has(child)) {
      const problem = `the group ${child} is below itself`;
      this.faults.push(place({ problem, given: child }));
      return;
    }
    this.groups.get(parent)?.children.add(child);
    this.groups.get(child)?.parents.add(parent);
  }

  /** Sets a variable of a group. */
  setVariable(
    group: string,
    { name, value }: { name: string; value: unknown },
    place: Place,
  ): void {
    const draft = this.groups.get(group);
    if (draft && name !== "ansible_group_priority") draft.vars[name] = value;
    else if (draft && Number.isInteger(Number(value))) draft.priority = Number(value);
    else this.faults.push(place({ problem: `${name} is a whole number`, given: value }));
  }

  /** Adds the hosts of one name, which may be a range, to a group. */
  addHosts(
    group: string,
    { written, vars }: { written: string; vars: unknown },
    place: Place,
  ): void {
    const read = readHostNames(written);
    if (typeof read === "string") {
      this.faults.push(place({ problem: read, given: written }));
      return;
    }
    if (vars !== null && vars !== undefined && !isMapping(vars)) {
      const allowed = "a mapping of variables, or nothing";
      this.faults.push(place({ given: vars, allowed }));
      return;
    }
    const { names, port } = read;
    for (const name of names) {
      const known = this.hosts.get(name);
      const draft = known ?? { vars: { ...this.source }, place };
      if (port !== undefined && !known) draft.vars.ansible_port = port;
      if (vars) Object.assign(draft.vars, vars);
      if (vars && Object.keys(vars).length > 0) draft.place = place;
      this.hosts.set(name, draft);
      this.groups.get(group)?.hosts.add(name);
    }
  }

  /** Names of the groups above a group. */
  ancestors(group: string): ReadonlySet<string> {
    const found = new Set(this.groups.get(group)?.parents);
    // A set may grow while it is gone through.
    for (const it of found)
      for (const above of this.groups.get(it)?.parents ?? []) found.add(above);
    return found;
  }

  /** Brings in what is true of every inventory: groups are below `all`, hosts of no group in `ungrouped`. */
  reconcile(): void {
    const [all, ungrouped] = [this.groups.get("all"), this.groups.get("ungrouped")];
    for (const group of this.groups.values()) {
      if (group.parents.size > 0 || group === all) continue;
      group.parents.add("all");
      all?.children.add(group.name);
    }
    const grouped = new Set(
      [...this.groups.values()]
        .filter((it) => it !== all && it !== ungrouped)
        .flatMap((it) => [...it.hosts]),
    );
    for (const name of this.hosts.keys()) {
      if (grouped.has(name)) ungrouped?.hosts.delete(name);
      else ungrouped?.hosts.add(name);
    }
  }

  #put(name: string): void {
    const [parents, children, hosts] = [new Set<string>(), new Set<string>(), new Set<string>()];
    this.groups.set(name, { name, vars: {}, priority: 1, parents, children, hosts });
  }
}
