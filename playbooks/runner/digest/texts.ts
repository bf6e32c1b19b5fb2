/** Every text of a play that may be evaluated: templates and expressions, with the loop that is around them. Pure. */
import { isMapping } from "../../../core/mapping";
import type { Directives, Loop, Play, Step, Task } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { Module } from "../module";

/** A text that may be evaluated. */
export interface EvaluatedText {
  readonly text: string;
  readonly kind: "template" | "expression";
  /** The loop variable, and the template or list it runs through. */
  readonly loop?: { readonly name: string; readonly items: unknown };
}

/** What is needed to find them. */
export interface TextSources {
  readonly modules: ReadonlyMap<string, Module>;
  readonly files: TravellingFiles;
}

/** All texts of a play, the templates that it renders included. */
export function textsOfPlay(play: Play, { modules, files }: TextSources): EvaluatedText[] {
  const { reach } = play;
  const rendered = reach.anyFile ? [...files.keys()] : [...reach.templates];
  const steps = [...play.sections.flat(), ...play.handlers];
  return [
    ...templates([play.name, play.gatherFacts, play.vars]),
    ...textsOfDirectives(play.directives),
    ...steps.flatMap((it) => textsOfStep(it, modules)),
    ...rendered.flatMap((path) => templates(files.get(path))),
  ];
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
  const loop = step.kind === "include" ? loopOf(step.loop) : undefined;
  const own = [...templates(step.name, loop), ...textsOfDirectives(step.directives, loop)];
  if (step.kind === "meta") return own;
  if (step.kind === "block")
    return [...own, ...inner([...step.block, ...step.rescue, ...step.always])];
  const written = [step.file, step.vars, step.loop?.items];
  return [...own, ...templates(written, loop), ...inner([...step.branches.values()].flat())];
}

function textsOfTask(task: Task, modules: TextSources["modules"]): EvaluatedText[] {
  const loop = loopOf(task.loop);
  const special = new Set(modules.get(task.module)?.expressions);
  const conditions = [task.until, task.changedWhen, task.failedWhen];
  return [
    ...templates([task.name, task.notify, task.retries, task.delay, task.runOnce], loop),
    ...templates([task.loop?.items, task.loop?.label, task.loop?.pause], loop),
    ...expressions(conditions, loop),
    ...textsOfDirectives(task.directives, loop),
    ...Object.entries(task.args).flatMap(([name, value]) =>
      special.has(name) ? expressions(value, loop) : templates(value, loop),
    ),
  ];
}

function textsOfDirectives(it: Directives, loop?: EvaluatedText["loop"]): EvaluatedText[] {
  const { when, vars, environment, tags: _, ...switches } = it;
  return [...expressions(when, loop), ...templates([vars, environment, switches], loop)];
}

function loopOf(loop: Loop | undefined): EvaluatedText["loop"] {
  return loop && { name: loop.loopVar, items: loop.items };
}
