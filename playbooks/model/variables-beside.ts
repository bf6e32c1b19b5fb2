/** Reads `group_vars/` and `host_vars/` beside playbooks, and puts them into inventories in Ansible's order. Pure. */
import { posix } from "node:path";
import type { InventoryHost } from "./inventory-host";
import type { Parsing } from "./parsing";
import type { Variables, VariablesBeside } from "./play";
import { readConnection } from "./inventory/connection-variables";
import { variableFiles } from "./inventory/variable-files";
import { readVariablesFile } from "./variables-file";

/** Nothing is there. */
export const NOTHING_BESIDE: VariablesBeside = { groups: new Map(), hosts: new Map() };

/** @param folders - of the playbooks; later ones win */
export function readVariablesBeside(parsing: Parsing, folders: readonly string[]): VariablesBeside {
  return {
    groups: readFolder(parsing, folders, "group_vars"),
    hosts: readFolder(parsing, folders, "host_vars"),
  };
}

function readFolder(
  parsing: Parsing,
  folders: readonly string[],
  kind: string,
): ReadonlyMap<string, Variables> {
  const found = new Map<string, Variables>();
  for (const folder of folders) {
    for (const [name, paths] of variableFiles(parsing.files, posix.join(folder, kind))) {
      const read = paths.map((it) => readVariablesFile(parsing, it));
      found.set(name, Object.assign({}, found.get(name), ...read) as Variables);
    }
  }
  return found;
}

/** A host with the variables that stand beside the playbooks. Groups come as they are given: the lowest first. */
export function withVariablesBeside(
  name: string,
  host: InventoryHost,
  { groups, hosts }: VariablesBeside,
): InventoryHost {
  if (groups.size === 0 && hosts.size === 0 && host.groupVars === undefined) return host;
  const { groupVars, ...rest } = host;
  const own = host.groups.filter((it) => it !== "all");
  const layers = [
    groupVars?.written,
    groupVars?.all,
    groups.get("all"),
    groupVars?.groups,
    ...(own.length > 0 ? own : ["ungrouped"]).map((it) => groups.get(it)),
    host.vars,
    hosts.get(name),
  ];
  const vars = Object.assign({}, ...layers) as Variables;
  if (groupVars === undefined) return { ...rest, vars };
  // An inventory says by variables how a host is reached, and these may come from anywhere.
  const { connection } = readConnection(name, vars);
  const jump = host.jump ?? connection.jump;
  return { ...rest, ...connection, ...(jump ? { jump } : {}), vars };
}
