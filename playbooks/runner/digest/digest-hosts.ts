/**
 * One digest a host of everything that decides what its plays do: the plays that cover it, the variables
 * and files that reach it, and what these plays read of other hosts. Equal digests mean that a
 * run has nothing new to do. Pure, and independent of the order in which things were written.
 */
import { createHash } from "node:crypto";
import { canonical } from "../../model/canonical";
import { coveredNames, covers, hasPositions, type HostPattern } from "../../model/host-pattern";
import { SSH_PORT, type InventoryHost, type UnknownHost } from "../../model/inventory-host";
import { withVariablesBeside } from "../../model/variables-beside";
import type { CheckedPlaybooks, Play, Variables } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { Module } from "../module";
import { bothReads, NO_OTHERS, readsOf, uniqueReads, type OtherHosts } from "./other-hosts";
import { filesRead } from "./files-read";
import { templates, textsOfPlay } from "./texts";

/** What digests are made of, beside the playbooks. */
export interface DigestInput {
  readonly inventory: Readonly<Record<string, InventoryHost | UnknownHost>>;
  readonly vars: Variables;
  readonly files: TravellingFiles;
}

/** Digests by host; undefined where one depends on a host that is not known yet. */
export type HostDigests = Readonly<Record<string, string | undefined>>;

/** A play with what all of its hosts share. */
export interface DigestedPlay {
  readonly play: Play;
  readonly content: string;
  /** Digests of the files that it can read, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly reads: OtherHosts;
  /** Whether it covers a host; undefined when that depends on hosts that are not known yet. */
  readonly isOf: (name: string) => boolean | undefined;
}

/** What all hosts share while they are digested. */
export interface Digesting {
  readonly input: DigestInput;
  readonly names: readonly string[];
  readonly entries: ReadonlyMap<string, InventoryHost>;
  /** What the variables of a host read; one object for all that read the same. */
  readonly varReads: ReadonlyMap<string, OtherHosts>;
  /** What plays and variables read together, by both. */
  readonly bothReads: Map<OtherHosts, Map<OtherHosts, OtherHosts>>;
  /** Most hosts of a play read the same of others: by play and by what is read. */
  readonly others: Map<Play, Map<OtherHosts, string | undefined>>;
}

/** What other hosts tell a play. */
export interface OthersData {
  /** Names of the members that are known, by group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Entries of the hosts that are read, by name. */
  readonly hosts: readonly (Variables | undefined)[];
}

/** Digests all hosts of the inventory. */
export function digestAll(
  playbooks: CheckedPlaybooks,
  input: DigestInput,
  modules: ReadonlyMap<string, Module>,
): HostDigests {
  const { digesting, plays } = prepareDigests(playbooks, input, modules);
  return Object.fromEntries(
    digesting.names.map((name) => [name, digestHost(digesting, plays, name)]),
  );
}

/** What digests of single hosts are made from. */
export function prepareDigests(
  { plays, beside }: CheckedPlaybooks,
  input: DigestInput,
  modules: ReadonlyMap<string, Module>,
): { readonly digesting: Digesting; readonly plays: readonly DigestedPlay[] } {
  const ofVariables = templates(input.vars);
  const shared = readsOf(ofVariables);
  const names = Object.keys(input.inventory).sort();
  const entries = new Map(
    names.flatMap((name) => {
      const host = input.inventory[name];
      if (!host || isUnknown(host)) return [];
      return [[name, withVariablesBeside(name, host, beside)] as const];
    }),
  );
  const ofHosts = [...entries.values()].flatMap(({ vars }) => templates(vars));
  const digested = plays.map((play) => {
    const texts = textsOfPlay(play, { modules, files: input.files });
    const read = filesRead([...texts, ...ofVariables, ...ofHosts], input.files);
    const files = filesOf(play, input.files, read);
    return {
      play,
      content: contentOf(play, files),
      files,
      isOf: membershipOf(play.hosts, input.inventory),
      reads: bothReads(readsOf(texts), shared),
    };
  });
  const unique = uniqueReads();
  const varReads = new Map(
    [...entries].map(([name, { vars }]) => [name, unique(readsOf(templates(vars)))]),
  );
  const digesting: Digesting = {
    ...{ input, names, entries, varReads },
    bothReads: new Map(),
    others: new Map(),
  };
  return { digesting, plays: digested };
}

function digestHost(
  digesting: Digesting,
  plays: readonly DigestedPlay[],
  name: string,
): string | undefined {
  const host = digesting.entries.get(name);
  if (!host) return undefined;
  const own = plays.filter((it) => it.isOf(name) !== false);
  if (own.some((it) => it.isOf(name) === undefined)) return undefined;
  const read = own.map(({ play, reads }) => othersOf(digesting, play, { name, reads }));
  if (read.includes(undefined)) return undefined;
  const { vars } = digesting.input;
  return hash(
    canonical({
      version: 1,
      plays: own.map((it) => it.content),
      ...(own.length > 0
        ? { vars, host: { ...entryOf(name, host), machine: host.machineId } }
        : {}),
      ...(own.length > 0 ? { groups: [...host.groups].sort() } : {}),
      others: read,
    }),
  );
}

/** Places in groups are those among all hosts: one whose groups are not known may stand before any other. */
function membershipOf(
  pattern: HostPattern,
  inventory: DigestInput["inventory"],
): DigestedPlay["isOf"] {
  const hosts = Object.entries(inventory).flatMap(([name, { groups, ...rest }]) =>
    groups === undefined
      ? []
      : [{ name, groups, places: "places" in rest ? rest.places : undefined }],
  );
  if (hasPositions(pattern) && hosts.length === Object.keys(inventory).length) {
    const names = coveredNames(pattern, hosts);
    return (name) => names.has(name);
  }
  return (name) => covers(pattern, { name, groups: inventory[name]?.groups });
}

/** Digests of the files that a play can read. */
function filesOf(
  { reach }: Play,
  files: TravellingFiles,
  read: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const paths = reach.anyFile ? [...files.keys()] : [...reach.files, ...read];
  return new Map(paths.map((path) => [path, hash(files.get(path) ?? "")] as const));
}

/** The play as data, with the files that it can read. */
function contentOf({ data, reach }: Play, files: ReadonlyMap<string, string>): string {
  return hash(
    canonical({
      data,
      documents: Object.fromEntries(reach.documents),
      files: Object.fromEntries(files),
    }),
  );
}

/** What a host's variables and a play read together: one object for all hosts that read the same. */
export function allReads(
  digesting: Digesting,
  name: string,
  { reads }: Pick<DigestedPlay, "reads">,
): OtherHosts {
  const own = digesting.varReads.get(name) ?? NO_OTHERS;
  const known = digesting.bothReads.get(reads) ?? new Map<OtherHosts, OtherHosts>();
  digesting.bothReads.set(reads, known);
  const both = known.get(own) ?? bothReads(reads, own);
  known.set(own, both);
  return both;
}

/** What a play reads of other hosts, hashed; undefined when one of them is not known yet. */
function othersOf(
  digesting: Digesting,
  play: Play,
  { name, reads }: { readonly name: string; readonly reads: OtherHosts },
): string | undefined {
  const all = allReads(digesting, name, { reads });
  const known = digesting.others.get(play) ?? new Map<OtherHosts, string | undefined>();
  digesting.others.set(play, known);
  if (!known.has(all)) known.set(all, readOthers(digesting, play, all));
  return known.get(all);
}

function readOthers(digesting: Digesting, play: Play, reads: OtherHosts): string | undefined {
  const data = othersData(digesting, play, reads);
  return data && hash(canonical(data));
}

/** What a play reads of other hosts; undefined when one of them is not known yet. */
export function othersData(
  digesting: Digesting,
  play: Play,
  reads: OtherHosts,
): OthersData | undefined {
  let all = reads;
  let members = readHosts(digesting, play, all);
  // Variables of the hosts that are read may read further hosts.
  for (let size = -1; members && members.size > size; members = readHosts(digesting, play, all)) {
    size = members.size;
    for (const it of members) all = bothReads(all, digesting.varReads.get(it) ?? NO_OTHERS);
  }
  if (!members) return undefined;
  const withGroups = all.all || all.groupNames;
  const groups = [...all.groups].map((group) => {
    const names = digesting.names.filter((it) => isIn(digesting, it, group));
    return [group, names] as const;
  });
  const hosts = [...members].sort().map((it) => {
    const host = digesting.entries.get(it);
    const more = withGroups ? { groups: [...(host?.groups ?? [])].sort() } : {};
    return host && { ...entryOf(it, host), ...more };
  });
  return { groups: Object.fromEntries(groups), hosts };
}

/** The hosts that are read; undefined when some of them may be hosts that are not known yet. */
function readHosts(
  { input, names, entries }: Digesting,
  play: Play,
  reads: OtherHosts,
): ReadonlySet<string> | undefined {
  const members = new Set<string>();
  for (const name of names) {
    const host = input.inventory[name];
    const isRead = host && mayRead(play, reads, { name, host });
    if (isRead === true && !entries.has(name)) return undefined;
    if (isRead === true) members.add(name);
  }
  return members;
}

/** Whether a host is among those that are read. */
export function mayRead(
  play: Play,
  reads: OtherHosts,
  { name, host }: { readonly name: string; readonly host: InventoryHost | UnknownHost },
): boolean {
  const { groups } = host;
  if (reads.all || reads.hosts.has(name)) return true;
  if (reads.play && covers(play.hosts, { name, groups }) !== false) return true;
  if (groups === undefined) return reads.groups.size > 0;
  return (
    groups.some((it) => reads.groups.has(it)) ||
    (groups.length === 0 && reads.groups.has("ungrouped"))
  );
}

function isIn({ entries }: Digesting, name: string, group: string): boolean {
  const groups = entries.get(name)?.groups;
  return groups?.includes(group) === true || (groups?.length === 0 && group === "ungrouped");
}

/** What other hosts can read of a host. */
function entryOf(name: string, { address, port = SSH_PORT, user, vars }: InventoryHost): Variables {
  return { name, address, port, user, vars };
}

function isUnknown(host: InventoryHost | UnknownHost): host is UnknownHost {
  return "unknown" in host;
}

function hash(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
