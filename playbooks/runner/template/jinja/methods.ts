/** Python's methods of text, lists and mappings. Pure, but for those that change a list or a mapping of the template. */
import { TemplateFailure } from "../failure";
import { isDict, Undefined } from "../values";
import { DICT_METHODS, LIST_METHODS } from "./methods/collections";
import type { Method } from "./methods/method";
import { TEXT_METHODS } from "./methods/text";

/** Whether a value has a method of this name. */
export function hasMethod(value: unknown, name: string): boolean {
  return tableOf(value)?.has(name) === true;
}

/** Calls a method. @throws TemplateFailure */
export function callMethod(
  value: unknown,
  name: string,
  {
    positional,
    named,
  }: { positional: readonly unknown[]; named: Readonly<Record<string, unknown>> },
): unknown {
  const method = tableOf(value)?.get(name);
  if (!method) throw new TemplateFailure("other", `there is no method ${name}`);
  for (const it of [...positional, ...Object.values(named)]) {
    if (it instanceof Undefined && method.takesUndefined !== true) throw it.failure();
  }
  const unknown = Object.keys(named).find(
    (it) => method.keywords !== "any" && !method.keywords?.includes(it),
  );
  const most = method.most ?? 3;
  if (
    unknown !== undefined ||
    positional.length > most ||
    positional.length < (method.least ?? 0)
  ) {
    throw new TemplateFailure("other", `${name}() was given arguments that it does not take`);
  }
  return method.run(value, positional, named);
}

function tableOf(value: unknown): ReadonlyMap<string, Method> | undefined {
  if (typeof value === "string") return TEXT_METHODS;
  if (Array.isArray(value)) return LIST_METHODS;
  return isDict(value) ? DICT_METHODS : undefined;
}
