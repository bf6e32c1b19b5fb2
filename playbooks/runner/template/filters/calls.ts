/** Calls filters and tests by name. */
import { TemplateFailure } from "../failure";
import type { Frame } from "../jinja/frame";
import { HostVariables } from "../jinja/host-variables";
import { Undefined, type Named } from "../values";
import type { Callable, CallContext } from "./callable";
import { FILTERS } from "./filters";
import { TESTS } from "./tests";

/** Arguments, evaluated. */
interface Given {
  readonly positional: readonly unknown[];
  readonly named: Named;
}

/** `value | name(…)`. @throws TemplateFailure */
export function callFilter(frame: Frame, name: string, value: unknown, given: Given): unknown {
  const filter = FILTERS.get(shortName(name));
  if (!filter) throw new TemplateFailure("syntax", `there is no filter '${name}'`);
  return call(frame, { name, callable: filter, value, given });
}

/** `value is name(…)`. @throws TemplateFailure */
export function callTest(frame: Frame, name: string, value: unknown, given: Given): boolean {
  const test = TESTS.get(shortName(name));
  if (!test) throw new TemplateFailure("syntax", `there is no test '${name}'`);
  return call(frame, { name, callable: test, value, given }) === true;
}

function shortName(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, "");
}

interface Call {
  readonly name: string;
  readonly callable: Callable;
  readonly value: unknown;
  readonly given: Given;
}

function call(frame: Frame, { name, callable, value, given }: Call): unknown {
  const { args, named } = place(name, callable, given);
  if (callable.takesUndefined !== true) {
    for (const it of [value, ...args, ...Object.values(named)]) {
      if (it instanceof Undefined) throw it.failure();
    }
  }
  const context: CallContext = {
    named,
    clock: frame.run.surroundings.clock,
    filter: (other, it, positional = [], more = {}) =>
      callFilter(frame, other, it, { positional, named: more }),
    test: (other, it, positional = [], more = {}) =>
      callTest(frame, other, it, { positional, named: more }),
  };
  frame.run.spend(Array.isArray(value) ? 1 + value.length : 1);
  return callable.run(value instanceof HostVariables ? value.all() : value, args, context);
}

/** Puts arguments given by name where they belong. */
function place(
  name: string,
  { params = [], keywords = [], variadic }: Callable,
  { positional, named }: Given,
): { args: readonly unknown[]; named: Named } {
  if (variadic !== true && positional.length > params.length) {
    throw new TemplateFailure("other", `${name} takes ${params.length} arguments at most`);
  }
  const args = [...positional];
  const rest: Record<string, unknown> = {};
  for (const [key, it] of Object.entries(named)) {
    const index = params.indexOf(key);
    if (index >= 0 && positional[index] === undefined) args[index] = it;
    else if (index < 0 && (keywords === "any" || keywords.includes(key))) rest[key] = it;
    else throw new TemplateFailure("other", `${name} takes no argument ${key} here`);
  }
  return { args, named: rest };
}
