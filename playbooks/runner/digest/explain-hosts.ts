/**
 * Why a host's digest is another one than before, in words: which tasks, variables, files and other hosts differ. Values are
 * never told. Pure.
 */
import { SSH_PORT } from "../../model/inventory-host";
import type { CheckedPlaybooks } from "../../model/play";
import type { Module } from "../module";
import {
  allReads,
  othersData,
  prepareDigests,
  type DigestedPlay,
  type Digesting,
  type DigestInput,
} from "./digest-hosts";
import type { OtherHosts } from "./other-hosts";
import { add, addVariables, nameOfPlay, partsOfPlay, type Parts } from "./parts-of-play";

/** What was, or is, wanted of all hosts. */
export interface Wanted {
  readonly playbooks: CheckedPlaybooks;
  readonly input: DigestInput;
}

/** What is compared. */
export interface WantedSides {
  /** Everything known. */
  readonly before: Wanted;
  readonly after: Wanted;
}

/** Reasons by host, each a clause: `variable "x" of the host changed`. */
export type HostReasons = Readonly<Record<string, readonly string[]>>;

interface Side {
  readonly digesting: Digesting;
  /** By their names in words. */
  readonly plays: ReadonlyMap<string, DigestedPlay>;
  readonly shared: Parts;
}

type Between = (name: string) => readonly string[];

/**
 * Tells of hosts what differs.
 * @param names - the hosts; one that either side does not know has no reasons
 * @param sides - what was wanted, and what is
 * @param modules - the runner's
 */
export function explainAll(
  names: readonly string[],
  sides: WantedSides,
  modules: ReadonlyMap<string, Module>,
): HostReasons {
  const [old, now] = [sideOf(sides.before, modules), sideOf(sides.after, modules)];
  const shared = differences(old.shared, now.shared);
  const betweenPlays = playDifferences(old, now);
  const betweenOthers = otherDifferences(old, now);
  const entries = names.map((name) => {
    const [was, is] = [ownParts(old, name), ownParts(now, name)];
    if (!was || !is) return [name, []] as const;
    // The same words may come from two plays.
    const reasons = [
      ...betweenPlays(name),
      ...shared,
      ...differences(was, is),
      ...betweenOthers(name),
    ];
    return [name, [...new Set(reasons)]] as const;
  });
  return Object.fromEntries(entries);
}

function sideOf({ playbooks, input }: Wanted, modules: ReadonlyMap<string, Module>): Side {
  const { digesting, plays } = prepareDigests(playbooks, input, modules);
  const named = new Map<string, DigestedPlay>();
  for (const it of plays) {
    const name = nameOfPlay(it.play);
    let free = name;
    for (let n = 2; named.has(free); n += 1) free = `${name} #${n}`;
    named.set(free, it);
  }
  const shared: Parts = new Map();
  addVariables(shared, input.vars, "of all hosts");
  return { digesting, plays: named, shared };
}

/** Plays that came to the host or left it, and what differs in those that stay; each play is looked at once. */
function playDifferences(old: Side, now: Side): Between {
  const known = new Map<string, readonly string[]>();
  const names = [...new Set([...old.plays.keys(), ...now.plays.keys()])];
  const inside = (name: string, was: DigestedPlay, is: DigestedPlay): readonly string[] => {
    const found = known.get(name) ?? differences(partsOfPlay(was), partsOfPlay(is));
    known.set(name, found);
    return found;
  };
  return (host) =>
    names.flatMap((name) => {
      const [was, is] = [old.plays.get(name), now.plays.get(name)];
      const [before, after] = [was?.isOf(host) === true, is?.isOf(host) === true];
      if (was && is && before && after) return inside(name, was, is);
      if (before !== after) return [`${name} ${after ? "is new" : "is gone"}`];
      return [];
    });
}

/** What its plays read of others; most hosts of a play read the same. */
function otherDifferences(old: Side, now: Side): Between {
  const known = new Map<Parts, Map<Parts, readonly string[]>>();
  const [partsBefore, partsAfter] = [partsOfOthers(old), partsOfOthers(now)];
  const between = (was: Parts, is: Parts): readonly string[] => {
    const ofWas = known.get(was) ?? new Map<Parts, readonly string[]>();
    known.set(was, ofWas);
    const found = ofWas.get(is) ?? differences(was, is);
    ofWas.set(is, found);
    return found;
  };
  const names = [...now.plays.keys()].filter((it) => old.plays.has(it));
  return (host) =>
    names
      .flatMap((name) => {
        const [was, is] = [partsBefore(name, host), partsAfter(name, host)];
        return was && is ? between(was, is) : [];
      })
      .filter((it) => !it.startsWith(`${nameOfOther(host)} `));
}

/** Undefined where the play does not cover the host, or reads a host that is not known. */
function partsOfOthers({
  digesting,
  plays,
}: Side): (play: string, host: string) => Parts | undefined {
  const known = new Map<DigestedPlay, Map<OtherHosts, Parts | undefined>>();
  return (name, host) => {
    const play = plays.get(name);
    if (play?.isOf(host) !== true) return undefined;
    const reads = allReads(digesting, host, play);
    const ofPlay = known.get(play) ?? new Map<OtherHosts, Parts | undefined>();
    known.set(play, ofPlay);
    if (!ofPlay.has(reads)) ofPlay.set(reads, readParts(digesting, play, reads));
    return ofPlay.get(reads);
  };
}

function readParts(
  digesting: Digesting,
  { play }: DigestedPlay,
  reads: OtherHosts,
): Parts | undefined {
  const data = othersData(digesting, play, reads);
  if (!data) return undefined;
  const parts: Parts = new Map();
  for (const [group, members] of Object.entries(data.groups)) {
    add(parts, `members of group "${group}"`, members);
  }
  for (const it of data.hosts) if (it) add(parts, nameOfOther(String(it.name)), it);
  return parts;
}

function nameOfOther(host: string): string {
  return `host "${host}", which its plays read,`;
}

/** What a host has by itself; undefined when it is not known. */
function ownParts({ digesting }: Side, name: string): Parts | undefined {
  const host = digesting.entries.get(name);
  if (!host) return undefined;
  const parts: Parts = new Map();
  add(parts, "address", host.address);
  add(parts, "port", host.port ?? SSH_PORT);
  add(parts, "user", host.user);
  add(parts, "machine", host.machineId ?? null);
  for (const it of new Set(host.groups)) add(parts, `group "${it}" of the host`, true);
  addVariables(parts, host.vars, "of the host");
  return parts;
}

/** What differs between the parts of two sides, in words. */
export function differences(was: Parts, is: Parts): string[] {
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name) => {
    const [before, after] = [was.get(name), is.get(name)];
    if (before === after) return [];
    const word = before === undefined ? "is new" : after === undefined ? "is gone" : "changed";
    return [`${name} ${word}`];
  });
}
