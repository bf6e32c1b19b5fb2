/**
 * Of which hosts a run may read facts in a task of another host. Told from the text: it may say too much,
 * which costs a connection. Pure.
 */
import type { Inventory } from "../../model/inventory-host";
import type { Play, Variables } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { Module } from "../module";
import { mayRead } from "./digest-hosts";
import { bothReads, mentionsOthers, readsOf } from "./other-hosts";
import { templates, textsOfPlay, type EvaluatedText } from "./texts";

/** What is read, beside the plays. */
export interface FactSources {
  readonly inventory: Inventory;
  readonly vars: Variables;
  readonly files: TravellingFiles;
  readonly modules: ReadonlyMap<string, Module>;
}

/** Names that begin like facts and are known without any. */
const KNOWN =
  "host|port|user|managed|check_mode|diff_mode|play_\\w+|loop\\w*|index_var|become\\w*|failed_\\w+";
const FACT = new RegExp(`\\bansible_(?!(?:${KNOWN})\\b)`);
/** All variables of a host at once: `hostvars[x]` with nothing behind. */
const WHOLE = /\bhostvars\s*(\[[^\]]*\]|\.\w+)(?!\s*[.[\w])/;

/** Names of hosts of the inventory. */
export function hostsOfFacts(plays: readonly Play[], sources: FactSources): ReadonlySet<string> {
  const { inventory, vars } = sources;
  const written = [vars, ...Object.values(inventory).map((it) => it.vars)];
  const ofVariables = written.flatMap((it) => templates(it));
  const read = plays.map((play) => readersOf(play, ofVariables, sources));
  const names = Object.entries(inventory).flatMap(([name, host]) =>
    read.some((it) => it && mayRead(it.play, it.reads, { name, host })) ? [name] : [],
  );
  return new Set(names);
}

function readersOf(play: Play, ofVariables: readonly EvaluatedText[], sources: FactSources) {
  const own = textsOfPlay(play, sources);
  const reads = bothReads(readsOf(own), readsOf(ofVariables));
  const others = own.filter(({ text }) => mentionsOthers(text));
  // A variable that another host is asked for may itself be made of facts.
  const factual = [...others, ...ofVariables].some(
    ({ text }) => FACT.test(text) || WHOLE.test(text),
  );
  return factual ? { play, reads } : undefined;
}
