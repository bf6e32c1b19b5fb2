/**
 * Tasks for systems that bootstraps here do not meet: roles for many systems have them behind a condition. They are read as tasks
 * that fail, so that only a host that comes to one is told. Pure.
 */
import type { Cursor } from "./cursor";
import { MODULES_OF_OTHER_SYSTEMS } from "./keywords";
import { refusedModule, type ModuleCall } from "./module-call";
import type { Condition } from "./play";

const ASKS_FOR_SYSTEM = /os_family|distribution|pkg_mgr|selinux|ansible_system\b|facts\W+system\b/;

/** Whether a name or a condition asks which system a host has. */
export function asksForSystem(texts: readonly (Condition | undefined)[]): boolean {
  return texts.some((it) => typeof it === "string" && ASKS_FOR_SYSTEM.test(it));
}

/**
 * A call that fails, for a module of another system.
 * @param names - keys of the task that are neither keywords nor modules that there are
 */
export function callOfOtherSystem(task: Cursor, names: readonly string[]): ModuleCall | undefined {
  const [name, ...others] = names;
  const last = name?.split(".").at(-1) ?? "";
  if (name === undefined || others.length > 0 || !MODULES_OF_OTHER_SYSTEMS.includes(last)) {
    return undefined;
  }
  const hint = refusedModule(name);
  const why = hint === undefined ? "" : `: ${hint}`;
  return {
    module: "fail",
    args: { msg: `the module ${name} is not supported${why}` },
    at: task.at(name),
  };
}
