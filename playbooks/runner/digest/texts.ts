/** Every text of a play that may be evaluated: templates and expressions, with the loop that is around them. Pure. */
import { isMapping } from "../../../core/mapping";
import type { Directives, Loop, Play, RoleUse, Step, Task } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { Module } from "../module";
import type { EvaluatedText } from "./evaluated-text";
import { filesRead } from "./files-read";

export type { EvaluatedText } from "./evaluated-text";

/** What is needed to find them. */
export interface TextSources {
  readonly modules: ReadonlyMap<string, Module>;
  readonly files: TravellingFiles;
}

/** All texts of a play, the templates that it renders or reads included. */
export function textsOfPlay(play: Play, { modules, files }: TextSources): EvaluatedText[] {
  const { reach } = play;
  const rendered = reach.anyFile ? [...files.keys()] : [...reach.templates];
  const steps = [...play.sections.flat(), ...play.handlers];
  const own = [
    ...templates([play.name, play.gatherFacts, play.vars, play.forceHandlers]),
    ...templates(play.chosen.flatMap((it) => [it.choices, ...it.documents.values()])),
    ...templates([play.maxFailPercentage]),
    ...play.roles.flatMap(textsOfRole),
    ...textsOfDirectives(play.directives),
    ...steps.flatMap((it) => textsOfStep(it, modules)),
    ...rendered.flatMap((path) => templates(files.get(path))),
  ];
  return [...own, ...textsOfFiles(own, files)];
}

/** The texts of the files that templates read, and of those that these read. */
export function textsOfFiles(
  texts: readonly EvaluatedText[],
  files: TravellingFiles,
): EvaluatedText[] {
  return [...filesRead(texts, files)].flatMap((path) => templates(files.get(path)));
}

/** Every text inside a value, as templates. */
export function templates(value: unknown, loop?: EvaluatedText["loop"]): EvaluatedText[] {
  if (typeof value === "string") {
    return [{ text: value, kind: "template", ...(loop ? { loop } : {}) }];
  }
  if (Array.isArray(value)) return value.flatMap((it) => templates(it, loop));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, it]) => [
    ...templates(key, loop),
    ...templates(it, loop),
  ]);
}

function expressions(value: unknown, loop?: EvaluatedText["loop"]): EvaluatedText[] {
  return templates(value, loop).map((it) => ({ ...it, kind: "expression" }));
}

function textsOfStep(step: Step, modules: TextSources["modules"]): EvaluatedText[] {
  const inner = (steps: readonly Step[]): EvaluatedText[] =>
    steps.flatMap((it) => textsOfStep(it, modules));
  if (step.kind === "task") return textsOfTask(step, modules);
  const loop = "loop" in step ? loopOf(step.loop) : undefined;
  const own = [...templates(step.name, loop), ...textsOfDirectives(step.directives, loop)];
  if (step.kind === "meta") return own;
  if (step.kind === "block")
    return [...own, ...inner([...step.block, ...step.rescue, ...step.always])];
  if (step.kind === "include_vars") {
    const written = [step.file, step.dir?.path, step.loop?.items, ...step.documents.values()];
    return [...own, ...templates(written, loop)];
  }
  const written = [step.file, step.vars, step.loop?.items];
  const branches = [...step.branches.values()];
  return [
    ...own,
    ...templates(written, loop),
    ...branches.flatMap((it) => textsOfRole(it.role)),
    ...inner(branches.flatMap((it) => it.steps)),
  ];
}

function textsOfTask(task: Task, modules: TextSources["modules"]): EvaluatedText[] {
  const loop = loopOf(task.loop);
  const special = new Set(modules.get(task.module)?.expressions);
  const conditions = [task.until, task.changedWhen, task.failedWhen];
  return [
    ...templates([task.name, task.notify, task.retries, task.delay, task.async, task.poll], loop),
    ...templates([task.loop?.items, task.loop?.label, task.loop?.pause], loop),
    ...lookupOf(task.loop),
    ...expressions(conditions, loop),
    ...textsOfDirectives(task.directives, loop),
    ...Object.entries(task.args).flatMap(([name, value]) =>
      special.has(name) ? expressions(value, loop) : templates(value, loop),
    ),
  ];
}

function textsOfDirectives(it: Directives, loop?: EvaluatedText["loop"]): EvaluatedText[] {
  const { when, vars, environment, tags: _, role: __, ...switches } = it;
  return [...expressions(when, loop), ...templates([vars, environment, switches], loop)];
}

function textsOfRole(role: RoleUse | undefined): EvaluatedText[] {
  return role ? templates([role.defaults, role.vars, role.params]) : [];
}

/** A loop over files as the lookup that it is, so that these files are found. */
function lookupOf(loop: Loop | undefined): EvaluatedText[] {
  if (!loop || !FILE_LOOPS.includes(loop.lookup)) return [];
  const items = [loop.items].flat();
  const fixed = items.every((it) => typeof it === "string" && /^[\w./-]+$/.test(it));
  const terms = fixed ? items.map((it) => JSON.stringify(it)).join(", ") : "item";
  return templates(`{{ query("${loop.lookup}", ${terms}) }}`, loopOf(loop));
}

const FILE_LOOPS: readonly string[] = ["file", "fileglob", "first_found", "template"];

function loopOf(loop: Loop | undefined): EvaluatedText["loop"] {
  return loop && { name: loop.loopVar, items: loop.items };
}
