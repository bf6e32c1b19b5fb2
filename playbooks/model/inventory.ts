/**
 * Reads inventories as Ansible does: YAML, JSON and INI, several of them, folders of them, and `group_vars/` and `host_vars/` beside.
 * Pure: whoever reads the files gives them here.
 */
import { posix } from "node:path";
import { fault, type Fault } from "../../core/faults";
import { isMapping } from "../../core/mapping";
import type { Vault } from "../vault/vault";
import { isVault } from "../vault/envelope";
import { Cursor } from "./cursor";
import { readConnection } from "./inventory/connection-variables";
import { hostEntries, type VariableFolders } from "./inventory/host-entries";
import { readHostNames } from "./inventory/host-names";
import { InventoryDraft } from "./inventory/inventory-draft";
import { readIni } from "./inventory/read-ini";
import { readYaml } from "./inventory/read-yaml";
import { variableFiles } from "./inventory/variable-files";
import type { Inventory, InventoryHost } from "./inventory-host";
import type { Variables, VariablesBeside } from "./play";
import type { PlaybookSource, TravellingFiles } from "./source";
import { withVariablesBeside } from "./variables-beside";
import { parseYaml, type YamlDocument } from "./yaml-document";

/** An inventory, and what is wrong with it. */
export interface ParsedInventory {
  readonly inventory: Inventory;
  readonly faults: readonly Fault[];
}

/** One thing that `-i` names. */
export type InventorySource =
  | (PlaybookSource & {
      readonly kind: "file";
      /** Absolute, for `inventory_file`. */ readonly absolute?: string;
    })
  /** `web1,web2:2222,` */
  | { readonly kind: "list"; readonly text: string };

/** Inventories and what is beside them. */
export interface InventorySources {
  /** Later ones win. Folders come as the files in them. */
  readonly sources: readonly InventorySource[];
  /** Folders with `group_vars` and `host_vars`; later ones win. @default none */
  readonly folders?: readonly string[];
  /** Content of the files below these folders, by path as errors show it. @default none */
  readonly files?: TravellingFiles;
  /** Opens vaults. @default - they stay as they are */
  readonly vault?: Vault | undefined;
}

const YAML_ENDINGS = [".yml", ".yaml", ".json"];

/** Reads one YAML or INI inventory; every fault is returned. */
export function readInventory(source: PlaybookSource): ParsedInventory {
  return readInventories({ sources: [{ kind: "file", ...source }] });
}

/** Reads inventories as one; every fault is returned. */
export function readInventories({
  sources,
  folders = [],
  files = new Map(),
  vault,
}: InventorySources): ParsedInventory {
  const draft = new InventoryDraft();
  for (const it of sources) {
    if (it.kind === "list") readList(it.text, draft);
    else readSource(it, draft, vault);
  }
  draft.reconcile();
  const read = (kind: string): Map<string, Variables>[] =>
    folders.map((folder) => readVariables(posix.join(folder, kind), { files, draft, vault }));
  const variables: VariableFolders = { groups: read("group_vars"), hosts: read("host_vars") };
  const inventory = hostEntries(draft, variables);
  return { inventory, faults: draft.faults };
}

/**
 * Brings in the variables that stand beside playbooks, which may say how a host is reached.
 * @returns what they newly make wrong as faults
 */
export function completeInventory(
  inventory: Inventory,
  beside: VariablesBeside,
): Pick<ParsedInventory, "inventory" | "faults"> {
  const faults: Fault[] = [];
  const entries = Object.entries(inventory).map(([name, host]): [string, InventoryHost] => {
    const whole = withVariablesBeside(name, host, beside);
    const known = withVariablesBeside(name, host, { groups: new Map(), hosts: new Map() });
    const before = readConnection(name, known.vars).wrong.map((it) => it.variable);
    for (const { variable, ...parts } of readConnection(name, whole.vars).wrong) {
      if (!before.includes(variable)) faults.push(fault("AS1414", `${name}.${variable}`, parts));
    }
    return [name, whole];
  });
  return { inventory: Object.fromEntries(entries), faults };
}

function readList(text: string, draft: InventoryDraft): void {
  for (const written of text.split(",").map((it) => it.trim())) {
    if (written === "") continue;
    const place = (parts: Parameters<typeof fault>[2]): Fault =>
      fault("AS1414", "--inventory", parts);
    if (typeof readHostNames(written) !== "string" || !draft.hosts.has(written)) {
      draft.addHosts("ungrouped", { written, vars: null }, place);
    }
  }
}

function readSource(
  source: InventorySource & { kind: "file" },
  draft: InventoryDraft,
  vault: Vault | undefined,
): void {
  const { name, absolute } = source;
  const ending = posix.extname(name);
  draft.source =
    absolute === undefined
      ? {}
      : { inventory_file: absolute, inventory_dir: posix.dirname(absolute) };
  const opened = open(source, draft, vault);
  if (opened === undefined) return;
  const at = { position: { file: name, line: 1, column: 1 } };
  if (opened.content.startsWith("#!")) {
    const hint = "write its result: ansible-inventory --list --yaml --output hosts.yml";
    draft.faults.push(
      fault("AS1414", "", { ...at, problem: "inventory scripts are not run", hint }),
    );
  } else if (ending === ".toml") {
    const hint = "write it as YAML or INI";
    draft.faults.push(fault("AS1414", "", { ...at, problem: "TOML is not supported", hint }));
  } else if (YAML_ENDINGS.includes(ending)) {
    readDocument(parseYaml(opened, vault), draft);
  } else {
    // Without an ending that tells, Ansible tries YAML, then INI.
    const document = ending === "" ? parseYaml(opened, vault) : undefined;
    if (document && looksLikeYaml(document, opened)) readDocument(document, draft);
    else readIni(opened, draft);
  }
}

function readDocument(document: YamlDocument, draft: InventoryDraft): void {
  draft.faults.push(...document.faults);
  readYaml(document, draft);
}

function looksLikeYaml({ data, faults }: YamlDocument, { content }: PlaybookSource): boolean {
  if (faults.length === 0 && isMapping(data)) return true;
  const first = content.split("\n").find((it) => /^\s*[^#\s]/.test(it)) ?? "";
  return /^(?:---\s*|[\w.-]+:\s*)$/.test(first);
}

function open(
  source: PlaybookSource,
  draft: InventoryDraft,
  vault: Vault | undefined,
): PlaybookSource | undefined {
  if (!isVault(source.content) || !vault) return source;
  const opened = vault.open(source.content, { file: source.name, line: 1, column: 1 });
  if (opened.kind === "open")
    return { name: source.name, content: opened.content.toString("utf8") };
  draft.faults.push(opened.fault);
  return undefined;
}

/** Of groups and hosts that are there alone. */
function readVariables(
  folder: string,
  {
    files,
    draft,
    vault,
  }: {
    readonly files: TravellingFiles;
    readonly draft: InventoryDraft;
    readonly vault: Vault | undefined;
  },
): Map<string, Variables> {
  const known = posix.basename(folder) === "group_vars" ? draft.groups : draft.hosts;
  const found = new Map<string, Variables>();
  for (const [name, paths] of variableFiles(files, folder)) {
    if (!known.has(name)) continue;
    const read = paths.map((path): Variables => {
      const document = parseYaml({ name: path, content: files.get(path) ?? "" }, vault);
      draft.faults.push(...document.faults);
      if (isMapping(document.data)) return document.data;
      if (document.data !== null) {
        const parts = { given: document.data, allowed: "a mapping of variables" };
        draft.faults.push(Cursor.root(document).fault("AS1405", parts));
      }
      return {};
    });
    found.set(name, Object.assign({}, ...read) as Variables);
  }
  return found;
}
