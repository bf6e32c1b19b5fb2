/** Values of keywords that may be templates: switches, numbers, conditions. */
import { isMapping } from "../../../core/mapping";
import { keyText } from "../../model/mapping-keys";
import type { Condition, Flag } from "../../model/play";
import { isTemplate } from "../../model/template/tokens";
import { argumentBool } from "../template/filters/truth";
import { TemplateFailure } from "../template/failure";
import { pythonBool, pythonStr } from "../template/python";
import type { Templar, VariableScope } from "../template/templar";
import { OMIT } from "./host-scope";

/** Renders keywords in a scope. */
export interface Wording {
  readonly templar: Templar;
  readonly scope: VariableScope;
}

/** A switch; undefined or omitted gives the fallback. */
export function flagOf(
  { templar, scope }: Wording,
  flag: Flag | undefined,
  fallback = false,
): boolean {
  if (flag === undefined) return fallback;
  const value = typeof flag === "string" ? templar.template(flag, scope) : flag;
  return value === OMIT ? fallback : argumentBool(value);
}

/** What a variable says. Numbers are texts here: an inventory makes a number of a password of digits. */
export function variableText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A number that is not negative. @throws TemplateFailure when it is none */
export function countOf(
  { templar, scope }: Wording,
  value: number | string | undefined,
  fallback: number,
): number {
  if (value === undefined) return fallback;
  const rendered = Number(templar.template(value, scope));
  if (Number.isFinite(rendered) && rendered >= 0) return rendered;
  throw new TemplateFailure("other", `${pythonStr(value)} is not a number of 0 or more`);
}

/** The first condition that does not hold; undefined when all do. @throws TemplateFailure */
export function failedCondition(
  { templar, scope }: Wording,
  conditions: readonly Condition[],
): Condition | undefined {
  return conditions.find((it) => {
    if (typeof it === "boolean") return !it;
    // Braces are not needed in a condition, but many write them.
    const value = isTemplate(it) ? templar.template(it, scope) : templar.evaluate(it, scope);
    return typeof value === "string" && isTemplate(it) ? !argumentBool(value) : !pythonBool(value);
  });
}

/** A value without what was omitted. */
export function withoutOmitted(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((it) => it !== OMIT).map(withoutOmitted);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, it]) => it !== OMIT)
      .map(([key, it]) => [key, withoutOmitted(it)]),
  );
}

/** The value of every variable in one environment: later ones win. @throws TemplateFailure */
export function environmentOf(
  { templar, scope }: Wording,
  environments: readonly unknown[],
): Readonly<Record<string, string>> {
  const merged = environments.flatMap((it) => {
    const value = withoutOmitted(templar.template(it, scope));
    if (value === OMIT || value === null || value === "") return [];
    if (isMapping(value)) return Object.entries(value);
    throw new TemplateFailure("other", "environment is not a mapping");
  });
  return Object.fromEntries(merged.map(([name, value]) => [keyText(name), pythonStr(value)]));
}
