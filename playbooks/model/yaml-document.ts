/**
 * YAML as Ansible reads it (YAML 1.1: `yes` is true, `0644` is octal), with the place of every value.
 * Aliases are expanded under a bound, so that a small file cannot become a large one. Pure.
 */
import { isMapping } from "../../core/mapping";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from "yaml";
import { fault, type Fault, type Position } from "../../core/faults";
import { isKey, keyName, keyText } from "./mapping-keys";
import type { PlaybookSource } from "./source";
import { isVault } from "../vault/envelope";
import type { Vault } from "../vault/vault";
import { asTemplate, asTemplates, UnsafeText } from "./unsafe-text";
import { VaultText, YAML_OPTIONS } from "./yaml-options";

/** Where in a document: keys and indexes. */
export type DocumentPath = readonly (string | number)[];

/** A parsed document. */
export interface YamlDocument {
  readonly file: string;
  /** Plain data; null for an empty document. */
  readonly data: unknown;
  /** The place of a value; the nearest one around it when it has none of its own. */
  readonly locate: (path: DocumentPath) => Position;
  /** The place of a key. */
  readonly locateKey: (path: DocumentPath) => Position;
  /** What is wrong with the text itself; `data` is null then. */
  readonly faults: readonly Fault[];
}

const MAX_VALUES = 200_000;
const MAX_DEPTH = 60;

/**
 * Parses a text; faults are returned, never thrown.
 * @param vault - opens vaults; without one, they stay closed, and a value is its encrypted text
 */
export function parseYaml(source: PlaybookSource, vault?: Vault): YamlDocument {
  const { name, content } = source;
  if (isVault(content)) return parseVault(source, vault);
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { ...YAML_OPTIONS, lineCounter });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file: name, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = [...document.errors, ...document.warnings].map((it) =>
    fault("AS1401", "", {
      problem: `not valid YAML: ${it.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? ""}`,
      position: at(it.pos[0]),
    }),
  );
  const read =
    problems.length > 0
      ? { data: null, faults: [] }
      : documentData(document, { at, vault, isTemplated: true });
  return {
    file: name,
    data: read.data,
    locate: (path) => at(offsetOf(document, path, "value")),
    locateKey: (path) => at(offsetOf(document, path, "key")),
    faults: [...problems, ...read.faults],
  };
}

/** A vault that stays closed is a mapping of one member, its text, so that digests tell one from another. */
function parseVault({ name, content }: PlaybookSource, vault: Vault | undefined): YamlDocument {
  const start = { file: name, line: 1, column: 1 };
  const opened = vault?.open(content, start);
  if (opened?.kind === "open") {
    return parseYaml({ name, content: opened.content.toString("utf8") }, vault);
  }
  return {
    file: name,
    data: opened ? null : { [`vault:${name}`]: content },
    locate: () => start,
    locateKey: () => start,
    faults: opened ? [opened.fault] : [],
  };
}

/** How to expand. */
interface Expanding {
  readonly at?: (offset: number) => Position;
  readonly vault?: Vault | undefined;
  /** Whether templates in texts are rendered later: then what is `!unsafe` becomes a template of itself. @default false */
  readonly isTemplated?: boolean;
}

/** Expands nodes into data. @returns one fault and no data when a bound is passed */
export function documentData(
  document: Document,
  { at = () => ({ file: "", line: 1, column: 1 }), vault, isTemplated = false }: Expanding = {},
): { data: unknown; faults: Fault[] } {
  let left = MAX_VALUES;
  const faults: Fault[] = [];
  const unlock = ({ text }: VaultText, node: Node): string => {
    const value = vault?.openValue(text, at(node.range?.[0] ?? 0)) ?? text;
    if (typeof value === "string") return value;
    faults.push(value);
    return "";
  };
  const expand = (node: unknown, depth: number): unknown => {
    const data = expandNode(node, depth);
    const isUnsafe = (isSeq(node) || isMap(node)) && node.tag === "!unsafe";
    return isUnsafe && isTemplated ? asTemplates(data) : data;
  };
  const expandNode = (node: unknown, depth: number): unknown => {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH) throw new TooLarge(node);
    if (isAlias(node)) return expand(node.resolve(document), depth + 1);
    if (isSeq(node)) return node.items.map((it) => expand(it, depth + 1));
    if (isMap(node)) {
      // What is merged in gives way to the mapping's own keys.
      const merged = node.items.filter(isMerge).flatMap((it) => merge(it, depth));
      const own = node.items.filter((it) => !isMerge(it));
      const entries = own.map((it) => [nameOf(it.key), expand(it.value, depth + 1)] as const);
      return Object.fromEntries([...merged, ...entries]);
    }
    if (isScalar(node) && node.value instanceof VaultText) return unlock(node.value, node);
    if (isScalar(node) && node.value instanceof UnsafeText) {
      return isTemplated ? asTemplate(node.value.text) : node.value.text;
    }
    return isScalar(node) ? (node.value ?? null) : null;
  };
  const merge = ({ value }: Pair, depth: number): [string, unknown][] => {
    const sources = [expand(value, depth + 1)].flat().reverse();
    return sources.flatMap((it) => (isMapping(it) ? Object.entries(it) : []));
  };
  try {
    const data = expand(document.contents, 0);
    return faults.length > 0 ? { data: null, faults } : { data, faults };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const [offset = 0] = isNode(error.node) ? (error.node.range ?? []) : [];
    return { data: null, faults: [fault("AS1402", "", { position: at(offset) })] };
  }
}

/** Ends an expansion that passes a bound. */
class TooLarge extends Error {
  constructor(readonly node: unknown) {
    super("too large");
  }
}

function offsetOf(document: Document, path: DocumentPath, what: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find((it) => writtenKey(it.key) === String(key))
      : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const last = index === path.length - 1;
    const found =
      (last && what === "key" ? startOf(pair?.key) : startOf(next)) ?? startOf(pair?.key);
    if (found === undefined) return offset;
    offset = found;
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && writtenKey(key) === "<<";
}

/** As it is written where faults are told. */
function writtenKey(key: unknown): string {
  return keyText(nameOf(key));
}

function nameOf(key: unknown): string {
  if (!isScalar(key)) return String(key);
  if (typeof key.value === "symbol") return "<<";
  return isKey(key.value) ? keyName(key.value) : (key.source ?? "");
}
