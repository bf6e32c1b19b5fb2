/** Checks that whatever tasks notify is there: a handler's name, or a topic that handlers listen to. Pure. */
import type { Fault } from "../../core/faults";
import type { Cursor } from "./cursor";
import type { Play, Step, Task } from "./play";
import { isTemplate } from "./template/tokens";

/** Faults of names that no handler answers to. */
export function checkNotify(play: Play, at: Cursor): Fault[] {
  const names = play.handlers.flatMap((it) => [it.name, ...it.listen]);
  const full = play.handlers.flatMap(({ name, directives: { role } }) =>
    role === undefined ? [] : [`${role.name} : ${name}`],
  );
  if (play.handlers.some((it) => isTemplate(it.name))) return [];
  return [...play.sections.flat(), ...play.handlers].flatMap(tasksOf).flatMap((task) =>
    task.notify
      .filter((it) => !isTemplate(it) && !names.includes(it) && !full.includes(it))
      .map((given) =>
        at.fault("AS1410", {
          given,
          allowed: names.length > 0 ? names : "nothing: the play has no handlers",
          position: task.at,
        }),
      ),
  );
}

/** Every task in a step, whatever decides whether it runs. */
export function tasksOf(step: Step): Task[] {
  if (step.kind === "task") return [step];
  if (step.kind === "include")
    return [...step.branches.values()].flatMap((it) => it.steps).flatMap(tasksOf);
  if (step.kind === "meta" || step.kind === "include_vars") return [];
  return [...step.block, ...step.rescue, ...step.always].flatMap(tasksOf);
}
