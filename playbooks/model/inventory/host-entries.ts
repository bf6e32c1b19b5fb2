/** Makes the entries of hosts out of what was read of them and of their groups, in Ansible's order. Pure. */
import type { Inventory, InventoryHost } from "../inventory-host";
import type { Variables } from "../play";
import { readConnection } from "./connection-variables";
import type { GroupDraft, InventoryDraft } from "./inventory-draft";

/** Variables of files beside inventories: one map a folder, the lowest first. */
export interface VariableFolders {
  readonly groups: readonly ReadonlyMap<string, Variables>[];
  readonly hosts: readonly ReadonlyMap<string, Variables>[];
}

/** All hosts, in the inventory's order; a wrong variable is reported to the draft. */
export function hostEntries(draft: InventoryDraft, folders: VariableFolders): Inventory {
  const above = groupsOfHosts(draft);
  const depths = depthsOf(draft);
  const places = placesOf(draft);
  const entries = [...(places.get("all") ?? [])].map(([name]): [string, InventoryHost] => {
    const groups = inOrder(above.get(name) ?? [], depths);
    const own = groups.map((it) => it.name).filter((it) => it !== "ungrouped");
    const host = draft.hosts.get(name);
    const vars = merged([host?.vars, ...folders.hosts.map((it) => it.get(name))]);
    const written = merged([draft.groups.get("all")?.vars, ...groups.map((it) => it.vars)]);
    const all = merged(folders.groups.map((it) => it.get("all")));
    // As Ansible has it, all groups of one folder come before those of the next.
    const beside = merged(
      folders.groups.flatMap((it) => groups.map((group) => it.get(group.name))),
    );
    const { connection, wrong } = readConnection(name, { ...written, ...all, ...beside, ...vars });
    for (const { variable: _, ...parts } of wrong) {
      const problem = host?.place(parts);
      if (problem) draft.faults.push(problem);
    }
    const entry: InventoryHost = {
      ...connection,
      hostKeys: [],
      groups: own,
      vars,
      groupVars: { written, all, groups: beside },
      places: Object.fromEntries(
        ["all", ...groups.map((it) => it.name)].map((group) => [
          group,
          places.get(group)?.get(name) ?? 0,
        ]),
      ),
    };
    return [name, entry];
  });
  return Object.fromEntries(entries);
}

function merged(layers: readonly (Variables | undefined)[]): Variables {
  return Object.assign({}, ...layers) as Variables;
}

/** Groups of every host, those above its own included, without `all`. */
function groupsOfHosts(draft: InventoryDraft): Map<string, GroupDraft[]> {
  const found = new Map<string, Set<string>>();
  for (const group of draft.groups.values()) {
    const names = [group.name, ...draft.ancestors(group.name)].filter((it) => it !== "all");
    for (const host of group.hosts) {
      const known = found.get(host) ?? new Set();
      for (const it of names) known.add(it);
      found.set(host, known);
    }
  }
  return new Map(
    [...found].map(([host, names]) => [
      host,
      [...names].flatMap((it) => draft.groups.get(it) ?? []),
    ]),
  );
}

/** The longest way from `all` to every group. */
function depthsOf({ groups }: InventoryDraft): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const parents = [...(groups.get(name)?.parents ?? [])];
    const depth = parents.length === 0 ? 0 : 1 + Math.max(...parents.map(depthOf));
    depths.set(name, depth);
    return depth;
  };
  for (const name of groups.keys()) depthOf(name);
  return depths;
}

function inOrder(groups: readonly GroupDraft[], depths: ReadonlyMap<string, number>): GroupDraft[] {
  const depth = ({ name }: GroupDraft): number => depths.get(name) ?? 0;
  return [...groups].sort(
    (a, b) => depth(a) - depth(b) || a.priority - b.priority || (a.name < b.name ? -1 : 1),
  );
}

/** Places of hosts in every group: its own hosts first, then those of its children, layer by layer. */
function placesOf({ groups }: InventoryDraft): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const all = [...groups.keys()].map((name): [string, ReadonlyMap<string, number>] => {
    const below = new Set([name]);
    // A set may grow while it is gone through.
    for (const it of below) for (const child of groups.get(it)?.children ?? []) below.add(child);
    const hosts = new Set([...below].flatMap((it) => [...(groups.get(it)?.hosts ?? [])]));
    return [name, new Map([...hosts].map((it, index) => [it, index]))];
  });
  return new Map(all);
}
