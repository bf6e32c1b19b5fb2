/**
 * Which variables playbooks may read, by themselves or through other variables. Told from the text: it may say
 * too much, never too little. Pure.
 */
import { findChains } from "../../model/template/references";
import { stringOf, type Segment } from "../../model/template/tokens";
import { tasksOf } from "../../model/notify";
import type { CheckedPlaybooks, Play, Variables } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import { BECOME_PASSWORDS } from "../../model/become-passwords";
import type { Module } from "../module";
import { segmentsOf } from "./segments";
import { templates, textsOfFiles, textsOfPlay, type EvaluatedText } from "./texts";

/** Where variables get their values, beside the playbooks. */
export interface VariableSources {
  /** Variables of all hosts and of each: their values may read further variables. */
  readonly definitions: readonly Variables[];
  readonly files: TravellingFiles;
}

/** Names of variables. */
export function readVariables(
  { plays, beside }: CheckedPlaybooks,
  { definitions: given, files }: VariableSources,
  modules: ReadonlyMap<string, Module>,
): ReadonlySet<string> {
  const definitions = [...given, ...beside.groups.values(), ...beside.hosts.values()];
  const names = new Set(["ansible_become"]);
  for (const play of plays) {
    for (const it of namesIn(textsOfPlay(play, { modules, files }))) names.add(it);
  }
  const becomes = definitions.some((it) => Object.hasOwn(it, "ansible_become"));
  if (becomes || plays.some(becomesUser)) for (const it of BECOME_PASSWORDS) names.add(it);
  // A set may grow while it is gone through.
  for (const name of names) {
    const values = definitions.flatMap((it) => (Object.hasOwn(it, name) ? [it[name]] : []));
    const texts = templates(values);
    for (const it of namesIn([...texts, ...textsOfFiles(texts, files)])) names.add(it);
  }
  return names;
}

function becomesUser({ sections, handlers }: Play): boolean {
  const tasks = [...sections.flat(), ...handlers].flatMap(tasksOf);
  return tasks.some(({ directives: { become } }) => become !== undefined && become !== false);
}

function namesIn(texts: readonly EvaluatedText[]): string[] {
  return texts.flatMap((text) => segmentsOf(text).flatMap(namesInSegment));
}

function namesInSegment({ kind, tokens }: Segment): string[] {
  if (kind !== "expression" && kind !== "statement") return [];
  const roots = findChains(tokens, kind).map((it) => it.root);
  if (!roots.includes("hostvars")) return roots;
  // What is read of another host may stand anywhere: behind a dot, or in the quotes of `extract`.
  return tokens.flatMap((it) => {
    if (it.kind === "name") return [it.text];
    return it.kind === "string" ? [stringOf(it)] : [];
  });
}
