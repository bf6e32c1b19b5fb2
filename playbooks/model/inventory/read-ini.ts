/** Reads inventories in Ansible's INI form: sections of hosts, `[group:vars]` and `[group:children]`. */
import { fault, type FaultParts } from "../../../core/faults";
import type { PlaybookSource } from "../source";
import type { InventoryDraft, Place } from "./inventory-draft";
import { literalOrText } from "./python-literal";
import { shellWords } from "./shell-words";

const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const GROUP = /^([^:\]\s]+)\s*(?:#.*)?$/;
const KINDS = ["hosts", "children", "vars"];

/** Groups that are named before they are declared. */
type Pending = Map<string, { readonly parents: string[]; readonly place: Place }>;

/** Reads one file into a draft; every fault is reported there. */
export function readIni({ name: file, content }: PlaybookSource, draft: InventoryDraft): void {
  const children: Pending = new Map();
  const variables: Pending = new Map();
  let [group, kind] = ["ungrouped", "hosts"];
  for (const [index, raw] of content.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const column = raw.length - raw.trimStart().length + 1;
    const place: Place = (parts: FaultParts) =>
      fault("AS1414", "", { position: { file, line: index + 1, column }, ...parts });
    const section = SECTION.exec(line);
    if (section) {
      [, group = "", kind = "hosts"] = section;
      openSection(draft, { group, kind, place }, { children, variables });
    } else if (line.startsWith("[") && line.endsWith("]")) {
      draft.faults.push(
        place({
          problem: "wrong section",
          given: line,
          allowed: "[group], [group:vars], [group:children]",
        }),
      );
    } else if (kind === "vars") {
      readVariable(draft, { group, line, place });
    } else if (kind === "children") {
      readChild(draft, { group, line, place }, children);
    } else if (kind === "hosts") {
      readHost(draft, { group, line, place });
    }
  }
  for (const [group, { place }] of variables) {
    draft.faults.push(
      place({ problem: "variables of a group that is not declared", given: group }),
    );
  }
  for (const [group, { place }] of children) {
    draft.faults.push(place({ problem: "a child that is no group", given: group }));
  }
}

interface Section {
  readonly group: string;
  readonly kind: string;
  readonly place: Place;
}

function openSection(
  draft: InventoryDraft,
  { group, kind, place }: Section,
  { children, variables }: { readonly children: Pending; readonly variables: Pending },
): void {
  if (!KINDS.includes(kind)) {
    draft.faults.push(place({ problem: "wrong kind of section", given: kind, allowed: KINDS }));
    return;
  }
  const isNew = !draft.groups.has(group);
  if (!draft.addGroup(group, place)) return;
  if (kind === "vars") {
    if (isNew && !children.has(group)) variables.set(group, { parents: [], place });
    return;
  }
  variables.delete(group);
  for (const parent of children.get(group)?.parents ?? []) draft.addChild(parent, group, place);
  children.delete(group);
}

interface Line {
  readonly group: string;
  readonly line: string;
  readonly place: Place;
}

function readVariable(draft: InventoryDraft, { group, line, place }: Line): void {
  const at = line.indexOf("=");
  if (at < 0) {
    draft.faults.push(place({ problem: "no variable", given: line, allowed: "name=value" }));
    return;
  }
  const value = literalOrText(line.slice(at + 1).trim());
  draft.setVariable(group, { name: line.slice(0, at).trim(), value }, place);
}

function readChild(draft: InventoryDraft, { group, line, place }: Line, pending: Pending): void {
  const child = GROUP.exec(line)?.[1];
  if (child === undefined) {
    draft.faults.push(place({ problem: "wrong name of a group", given: line }));
  } else if (draft.groups.has(child)) {
    draft.addChild(group, child, place);
  } else {
    const known = pending.get(child);
    if (known) known.parents.push(group);
    else pending.set(child, { parents: [group], place });
  }
}

function readHost(draft: InventoryDraft, { group, line, place }: Line): void {
  const [written, ...rest] = shellWords(line) ?? [];
  if (written === undefined) {
    draft.faults.push(place({ problem: "a quote that is not closed", given: line }));
    return;
  }
  const vars: Record<string, unknown> = {};
  for (const word of rest) {
    const at = word.indexOf("=");
    if (at > 0) vars[word.slice(0, at)] = literalOrText(word.slice(at + 1));
    else draft.faults.push(place({ problem: "no variable", given: word, allowed: "name=value" }));
  }
  draft.addHosts(group, { written, vars }, place);
}
