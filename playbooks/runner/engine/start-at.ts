/**
 * `--start-at-task`: leaves out what stands before the first task of a name. As in Ansible, the facts of that task's play are
 * gathered all the same, and tasks that are included while plays run are not looked at. Pure.
 */
import type { Play, Step } from "../../model/play";
import { fnmatch } from "../modules/args/fnmatch";
import { isSelected, type TagChoice } from "./tags";

/** Whether a name or pattern means a step. */
type Match = (step: Step) => boolean;

/**
 * The plays from the task on.
 * @param name - of a task, `role : name`, or a glob
 * @returns undefined when no task that the tags choose has such a name
 */
export function startAt(
  plays: readonly Play[],
  name: string,
  choice: TagChoice,
): readonly Play[] | undefined {
  const match = matchOf(name, choice);
  for (const [index, play] of plays.entries()) {
    const started = startPlay(play, match);
    if (started) return [started, ...plays.slice(index + 1)];
  }
  return undefined;
}

/** Names by which tasks can be started at, in their order; of roles with the name of the role. */
export function namesToStartAt(plays: readonly Play[], choice: TagChoice): string[] {
  const names = plays.flatMap(({ sections }) => sections.flat().flatMap(stepsOf));
  return [...new Set(names.filter((it) => isChosen(it, choice)).map(fullName))];
}

function startPlay(play: Play, match: Match): Play | undefined {
  for (const [index, section] of play.sections.entries()) {
    const started = startSteps(section, match);
    // Sections keep their places: handlers are flushed behind each.
    if (started) return { ...play, sections: [started, ...play.sections.slice(index + 1)] };
  }
  return undefined;
}

function startSteps(steps: readonly Step[], match: Match): readonly Step[] | undefined {
  for (const [index, step] of steps.entries()) {
    const started = startStep(step, match);
    if (started) return [started, ...steps.slice(index + 1)];
  }
  return undefined;
}

/** Nothing failed yet, so that a rescue cannot be where a run begins. */
function startStep(step: Step, match: Match): Step | undefined {
  if (step.kind !== "block") return match(step) ? step : undefined;
  const block = startSteps(step.block, match);
  if (block) return { ...step, block };
  const always = startSteps(step.always, match);
  return always && { ...step, block: [], rescue: [], always };
}

function matchOf(name: string, choice: TagChoice): Match {
  const pattern = fnmatch(name);
  return (step) =>
    isChosen(step, choice) &&
    [step.name, fullName(step)].some((it) => it === name || pattern.test(it));
}

function isChosen(step: Step, choice: TagChoice): boolean {
  return isNamed(step) && isSelected(step.directives.tags, choice);
}

/** What the runner put in by itself has no name of the user's. */
function isNamed(step: Step): boolean {
  return step.kind !== "meta" || step.action !== "role_complete";
}

function stepsOf(step: Step): Step[] {
  return step.kind === "block" ? [...step.block, ...step.always].flatMap(stepsOf) : [step];
}

function fullName({ name, directives: { role } }: Step): string {
  return role === undefined || name.startsWith(`${role.name} : `) ? name : `${role.name} : ${name}`;
}
