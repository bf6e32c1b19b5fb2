/** Reads inventories in Ansible's YAML form, which is also its JSON form: groups at the top, hosts, children and variables below. */
import { isMapping } from "../../../core/mapping";
import { Cursor } from "../cursor";
import type { YamlDocument } from "../yaml-document";
import type { InventoryDraft } from "./inventory-draft";

const GROUP_KEYS = ["hosts", "children", "vars"];
const MAX_DEPTH = 30;

/** Reads one document into a draft; every fault is reported there. */
export function readYaml(document: YamlDocument, draft: InventoryDraft): void {
  const at = Cursor.root(document);
  if (document.faults.length > 0) return;
  if (!isMapping(document.data)) {
    draft.faults.push(at.fault("AS1414", { given: document.data, allowed: "a mapping of groups" }));
    return;
  }
  if (at.has("plugin")) {
    const hint = "write its result: ansible-inventory --list --yaml --output hosts.yml";
    const problem = "inventory plugins are not supported";
    draft.faults.push(
      at.keyFault("AS1414", "plugin", { problem, given: document.data.plugin, hint }),
    );
    return;
  }
  if (at.has("_meta")) {
    const hint = "write it as a file: ansible-inventory --list --yaml --output hosts.yml";
    const problem = "what inventory scripts print is not supported";
    draft.faults.push(at.keyFault("AS1414", "_meta", { problem, hint }));
    return;
  }
  for (const group of at.keys) readGroup(draft, at, { group, depth: 0 });
}

/** @returns whether it is a group */
function readGroup(
  draft: InventoryDraft,
  parent: Cursor,
  { group, depth }: { readonly group: string; readonly depth: number },
): boolean {
  const at = parent.at(group);
  if (depth > MAX_DEPTH) {
    draft.faults.push(parent.keyFault("AS1414", group, { problem: "groups are too deep" }));
    return false;
  }
  if (!draft.addGroup(group, (parts) => parent.keyFault("AS1414", group, parts))) return false;
  if (at.value === null) return true;
  if (!isMapping(at.value)) {
    draft.faults.push(at.fault("AS1414", { given: at.value, allowed: GROUP_KEYS }));
    return false;
  }
  for (const key of at.keys) {
    const member = at.at(key);
    if (!GROUP_KEYS.includes(key)) {
      draft.faults.push(at.keyFault("AS1414", key, { given: key, allowed: GROUP_KEYS }));
    } else if (key !== "vars" && typeof member.value === "string") {
      readName(draft, { group, key, at: member, name: member.value });
    } else if (isMapping(member.value)) {
      for (const name of member.keys) readMember(draft, member, { group, key, name, depth });
    } else if (member.value !== null) {
      draft.faults.push(member.fault("AS1414", { given: member.value, allowed: "a mapping" }));
    }
  }
  return true;
}

interface Member {
  readonly group: string;
  readonly key: string;
  readonly name: string;
  readonly depth: number;
}

function readMember(
  draft: InventoryDraft,
  members: Cursor,
  { group, key, name, depth }: Member,
): void {
  const at = members.at(name);
  if (key === "vars") {
    const entry = { name, value: at.value };
    draft.setVariable(group, entry, (parts) => at.fault("AS1414", parts));
  } else if (key === "hosts") {
    const entry = { written: name, vars: at.value };
    draft.addHosts(group, entry, (parts) => {
      const isOfHost = typeof parts.given === "string" && parts.given === name;
      return isOfHost ? members.keyFault("AS1414", name, parts) : at.fault("AS1414", parts);
    });
  } else if (readGroup(draft, members, { group: name, depth: depth + 1 })) {
    draft.addChild(group, name, (parts) => members.keyFault("AS1414", name, parts));
  }
}

/** `hosts: web1` and `children: web` name one. */
function readName(
  draft: InventoryDraft,
  { group, key, at, name }: Omit<Member, "depth"> & { readonly at: Cursor },
): void {
  const place = (parts: Parameters<Cursor["fault"]>[1]) => at.fault("AS1414", parts);
  if (key === "hosts") draft.addHosts(group, { written: name, vars: null }, place);
  else if (draft.addGroup(name, place)) draft.addChild(group, name, place);
}
