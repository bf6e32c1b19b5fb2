/**
 * Which other hosts texts may read: by `hostvars`, `groups` and `play_hosts`. What cannot be told from
 * the text counts as all of them; it may say too much, never too little. Pure.
 */
import {
  boundNames,
  closingOf,
  findChains,
  textAt,
  type Chain,
} from "../../model/template/references";
import type { Segment, Token } from "../../model/template/tokens";
import { segmentsOf } from "./segments";
import type { EvaluatedText } from "./texts";

/** What is read of other hosts. */
export interface OtherHosts {
  /** Every host of the inventory. */
  readonly all: boolean;
  /** The hosts that the play covers. */
  readonly play: boolean;
  /** To which groups other hosts belong. */
  readonly groupNames: boolean;
  /** Hosts of these groups. */
  readonly groups: ReadonlySet<string>;
  /** These hosts. */
  readonly hosts: ReadonlySet<string>;
}

interface Reading {
  all: boolean;
  play: boolean;
  groupNames: boolean;
  readonly groups: Set<string>;
  readonly hosts: Set<string>;
}

const TRIGGER = /\b(groups|hostvars|play_hosts|ansible_play_(hosts|hosts_all|batch))\b/;
const PLAY_NAMES = /^(play_hosts|ansible_play_(hosts|hosts_all|batch))$/;
/** Filters whose results are members of what they are given. */
const CHOOSING = new Set(
  "sort list unique reverse first last select reject difference intersect union symmetric_difference flatten length count".split(
    " ",
  ),
);
const BINDING = new Set(["for", "set", "with", "macro", "call"]);
const HARMLESS = new Set("if else and or not in is == != + - , ( ) [ ] | ~ : .".split(" "));

/** Nothing is read. */
export const NO_OTHERS: OtherHosts = {
  all: false,
  play: false,
  groupNames: false,
  groups: new Set(),
  hosts: new Set(),
};

/** What texts read. */
export function readsOf(texts: readonly EvaluatedText[]): OtherHosts {
  const reading: Reading = { ...NO_OTHERS, groups: new Set(), hosts: new Set() };
  const suspects = texts.filter((it) => TRIGGER.test(it.text));
  for (const it of suspects) readText(it, reading);
  return suspects.length > 0 ? reading : NO_OTHERS;
}

/** Whether a text has anything to do with other hosts. */
export function mentionsOthers(text: string): boolean {
  return TRIGGER.test(text);
}

/** Both together. */
export function bothReads(left: OtherHosts, right: OtherHosts): OtherHosts {
  if (right === NO_OTHERS) return left;
  if (left === NO_OTHERS) return right;
  return {
    all: left.all || right.all,
    play: left.play || right.play,
    groupNames: left.groupNames || right.groupNames,
    groups: new Set([...left.groups, ...right.groups]),
    hosts: new Set([...left.hosts, ...right.hosts]),
  };
}

/** Gives one object for equal ones, so that what is made of them is made once. */
export function uniqueReads(): (reads: OtherHosts) => OtherHosts {
  const known = new Map<string, OtherHosts>([[textOf(NO_OTHERS), NO_OTHERS]]);
  return (reads) => {
    const text = textOf(reads);
    const first = known.get(text) ?? reads;
    known.set(text, first);
    return first;
  };
}

function textOf({ groups, hosts, ...flags }: OtherHosts): string {
  return JSON.stringify([flags, [...groups].sort(), [...hosts].sort()]);
}

function readText(text: EvaluatedText, reading: Reading): void {
  const segments = segmentsOf(text);
  const loops = loopVariables(segments);
  const { loop } = text;
  if (loop && !boundNames(segments).has(loop.name) && runsThroughHosts(loop.items)) {
    loops.add(loop.name);
  }
  for (const { kind, tokens } of segments) {
    const chains = findChains(tokens, kind);
    for (const chain of chains) readChain({ tokens, chain, loops }, reading);
    // The words may also stand where no variable is expected, as in hostvars[x]['groups'].
    const named = tokens.filter((it) => it.kind !== "number" && TRIGGER.test(it.text)).length;
    const known = chains.filter((it) => isOther(it.root)).length;
    if (named > known) reading.all = true;
    if (tokens.some((it) => it.text.includes("group_names"))) reading.groupNames = true;
  }
}

interface Place {
  readonly tokens: readonly Token[];
  readonly chain: Chain;
  /** Names that run through hosts of groups that are read anyway. */
  readonly loops: ReadonlySet<string>;
}

function readChain(place: Place, reading: Reading): void {
  const { root, path } = place.chain;
  const [first] = path;
  if (PLAY_NAMES.test(root)) reading.play = true;
  if (root === "groups") {
    if (typeof first === "string" && first !== "all") reading.groups.add(first);
    else reading.all = true;
  }
  if (root !== "hostvars") return;
  if (typeof first === "string") reading.hosts.add(first);
  else if (!isIndexedByKnown(place)) reading.all = true;
}

/** `hostvars[x]` and `map('extract', hostvars)` where x can only be a host that is read anyway. */
function isIndexedByKnown({ tokens, chain, loops }: Place): boolean {
  const { from } = chain;
  if (textAt(tokens, from + 1) === "[") {
    const index = tokens.slice(from + 2, closingOf(tokens, from + 1));
    const [only] = index;
    if (index.length === 1 && only)
      return only.text === "inventory_hostname" || loops.has(only.text);
    return isChoice(index);
  }
  const extracts = tokens[from - 2]?.text.slice(1, -1) === "extract";
  return extracts && isChoice(tokens.slice(0, Math.max(0, from - 5)));
}

/** Names that are bound by `for x in groups['a'] | sort`, and by nothing else. */
function loopVariables(segments: readonly Segment[]): Set<string> {
  const names = new Set<string>();
  const others: string[] = [];
  for (const { tokens } of segments.filter((it) => it.kind === "statement")) {
    const name = hostLoop(tokens);
    if (name !== undefined) names.add(name);
    else if (BINDING.has(textAt(tokens, 0))) others.push(...tokens.map((it) => it.text));
  }
  for (const it of others) names.delete(it);
  return names;
}

function hostLoop(tokens: readonly Token[]): string | undefined {
  if (textAt(tokens, 0) !== "for" || textAt(tokens, 2) !== "in") return undefined;
  const end = tokens.findIndex((it, index) => index > 2 && it.text === "if");
  return isChoice(tokens.slice(3, end < 0 ? undefined : end)) ? textAt(tokens, 1) : undefined;
}

function runsThroughHosts(items: unknown): boolean {
  if (typeof items !== "string") return false;
  const segments = segmentsOf({ text: items, kind: "template" });
  return segments.every(({ kind, tokens }) => kind === "expression" && isChoice(tokens));
}

/** Whether an expression can only give names of hosts, or lists of them, that come from fixed groups. */
function isChoice(tokens: readonly Token[]): boolean {
  const chains = findChains(tokens, "expression");
  const fromGroups = chains.every(
    ({ root, path }) =>
      (root === "groups" && typeof path[0] === "string") || root === "inventory_hostname",
  );
  const inside = new Set(chains.flatMap(({ from, to }) => range(from, to)));
  const others = tokens.filter((_, index) => !inside.has(index));
  return (
    chains.some((it) => it.root === "groups") &&
    fromGroups &&
    others.every(({ kind, text }) => kind === "number" || HARMLESS.has(text) || CHOOSING.has(text))
  );
}

function isOther(name: string): boolean {
  return name === "groups" || name === "hostvars" || PLAY_NAMES.test(name);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
