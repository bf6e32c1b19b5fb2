/** Reads the YAML form of Ansible's inventories: groups below `all`, hosts and variables below groups. */
import type { Fault } from "../../core/faults";
import { isMapping } from "../../core/mapping";
import { Cursor } from "./cursor";
import { SSH_PORT, type Inventory, type InventoryHost } from "./inventory-host";
import type { Variables } from "./play";
import type { PlaybookSource } from "./source";
import { parseYaml } from "./yaml-document";

/** An inventory, and what is wrong with it. */
export interface ParsedInventory {
  readonly inventory: Inventory;
  readonly faults: readonly Fault[];
}

/** What is known of a host while groups are read. */
interface Draft {
  readonly groups: Set<string>;
  /** Variables by depth of the group that gives them: deeper ones win, the host's own above all. */
  readonly vars: { readonly depth: number; readonly values: Variables }[];
  at: Cursor;
}

const GROUP_KEYS = ["hosts", "children", "vars"];
const OWN = Number.MAX_SAFE_INTEGER;
const MAX_DEPTH = 30;
const NAME = /^[\w.-]+$/;

/** Reads an inventory; every fault is returned. */
export function readInventory(source: PlaybookSource): ParsedInventory {
  const document = parseYaml(source);
  const reader = new InventoryReader();
  const at = Cursor.root(document);
  if (document.faults.length === 0) {
    if (isMapping(document.data)) for (const group of at.keys) reader.readGroup(at, group, []);
    else
      reader.faults.push(
        at.fault("AS1414", { given: document.data, allowed: "a mapping of groups" }),
      );
  }
  return { inventory: reader.inventory(), faults: [...document.faults, ...reader.faults] };
}

class InventoryReader {
  readonly faults: Fault[] = [];
  readonly #hosts = new Map<string, Draft>();

  readGroup(parent: Cursor, name: string, above: readonly string[]): void {
    const at = parent.at(name);
    if (!NAME.test(name) || above.length > MAX_DEPTH) {
      this.faults.push(
        parent.keyFault("AS1414", name, { problem: "wrong name of a group", given: name }),
      );
      return;
    }
    if (at.value === null) return;
    if (!isMapping(at.value)) {
      this.faults.push(at.fault("AS1414", { given: at.value, allowed: GROUP_KEYS }));
      return;
    }
    for (const key of at.keys.filter((it) => !GROUP_KEYS.includes(it))) {
      this.faults.push(at.keyFault("AS1414", key, { given: key, allowed: GROUP_KEYS }));
    }
    const groups = [...above, name];
    for (const host of this.#members(at, "hosts")) this.#readHost(at.at("hosts"), host, groups);
    for (const child of this.#members(at, "children"))
      this.readGroup(at.at("children"), child, groups);
    const vars = at.at("vars").value;
    if (isMapping(vars)) this.#shareVars(groups, vars);
    else if (vars !== null && vars !== undefined) {
      this.faults.push(at.at("vars").fault("AS1414", { given: vars, allowed: "a mapping" }));
    }
  }

  inventory(): Inventory {
    const entries = [...this.#hosts].map(
      ([name, draft]) => [name, this.#toHost(name, draft)] as const,
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #members(at: Cursor, key: string): readonly string[] {
    const { value } = at.at(key);
    if (value === null || value === undefined || isMapping(value)) return at.at(key).keys;
    this.faults.push(at.at(key).fault("AS1414", { given: value, allowed: "a mapping" }));
    return [];
  }

  #readHost(hosts: Cursor, name: string, groups: readonly string[]): void {
    const at = hosts.at(name);
    if (!NAME.test(name)) {
      const hint = "ranges are not supported: write every host";
      this.faults.push(
        hosts.keyFault("AS1414", name, { problem: "wrong name of a host", given: name, hint }),
      );
      return;
    }
    const draft = this.#hosts.get(name) ?? { groups: new Set<string>(), vars: [], at };
    for (const group of groups) draft.groups.add(group);
    if (isMapping(at.value)) {
      draft.vars.push({ depth: OWN, values: at.value });
      draft.at = at;
    }
    this.#hosts.set(name, draft);
  }

  /** Variables of a group reach every host in it, through its children as well. */
  #shareVars(groups: readonly string[], values: Variables): void {
    const group = groups.at(-1) ?? "";
    for (const draft of this.#hosts.values()) {
      if (draft.groups.has(group)) draft.vars.push({ depth: groups.length, values });
    }
  }

  #toHost(name: string, { groups, vars, at }: Draft): InventoryHost {
    const layers = [...vars].sort((a, b) => a.depth - b.depth).map((it) => it.values);
    const all: Variables = Object.fromEntries(layers.flatMap((it) => Object.entries(it)));
    const {
      ansible_host: address = name,
      ansible_port: port = SSH_PORT,
      ansible_user: user = "root",
    } = all;
    if (typeof address !== "string" || typeof user !== "string" || !isPort(Number(port))) {
      const problem = "ansible_host and ansible_user are texts, ansible_port a number to 65535";
      this.faults.push(at.fault("AS1414", { problem, given: name }));
    }
    const own = [...groups].filter((it) => it !== "all" && it !== "ungrouped");
    return {
      address: String(address),
      port: Number(port),
      user: String(user),
      hostKeys: [],
      groups: own.sort(),
      vars: all,
    };
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
