/** Reads `group_vars/` and `host_vars/` beside playbooks, and puts them into inventories in Ansible's order. Pure. */
import { posix } from "node:path";
import { isMapping } from "../../core/mapping";
import { checkTemplates } from "./check-templates";
import { Cursor } from "./cursor";
import type { InventoryHost } from "./inventory-host";
import type { Parsing } from "./parsing";
import type { Variables, VariablesBeside } from "./play";
import { filesBelow } from "./travelling";

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
    const base = posix.join(folder, kind);
    for (const file of filesBelow(parsing.files, base)) {
      const [first = ""] = file.split("/");
      if (file.split("/").some((it) => it.startsWith(".") || it.endsWith("~"))) continue;
      const name = file.includes("/") ? first : first.replace(/\.(ya?ml|json)$/, "");
      found.set(name, { ...found.get(name), ...readFile(parsing, posix.join(base, file)) });
    }
  }
  return found;
}

function readFile(parsing: Parsing, path: string): Variables {
  const document = parsing.document(path);
  const root = Cursor.root(document);
  checkTemplates(parsing, root);
  if (isMapping(document.data)) return document.data;
  if (document.data !== null) {
    parsing.report(
      root.fault("AS1405", { given: document.data, allowed: "a mapping of variables" }),
    );
  }
  return {};
}

/** A host with the variables that stand beside the playbooks. Groups come as they are given: the lowest first. */
export function withVariablesBeside(
  name: string,
  host: InventoryHost,
  { groups, hosts }: VariablesBeside,
): InventoryHost {
  if (groups.size === 0 && hosts.size === 0 && host.groupVars === undefined) return host;
  const { groupVars = [], ...rest } = host;
  const isAll = ([group]: readonly [string, Variables]): boolean => group === "all";
  const own = host.groups.filter((it) => it !== "all");
  const vars = [
    ...groupVars.filter(isAll).map(([, it]) => it),
    groups.get("all") ?? {},
    ...groupVars.filter((it) => !isAll(it)).map(([, it]) => it),
    ...(own.length > 0 ? own : ["ungrouped"]).map((it) => groups.get(it) ?? {}),
    host.vars,
    hosts.get(name) ?? {},
  ];
  return { ...rest, vars: Object.fromEntries(vars.flatMap((it) => Object.entries(it))) };
}
