/**
 * The schema's planning rules: what a plan says about each attribute, given config and prior
 * state. Pure. Terraform's own merge is not needed: its rules follow from these.
 */
import { UNKNOWN } from "../protocol/unknown";
import type { Step } from "../protocol/messages/common";
import { attributeType } from "./full-schema";
import type { Attribute, Schema } from "./resource";
import { sameValue } from "./same-value";
import { isUnknownInside, Unknown } from "./unknown";
import { isValues, own, type Values } from "./values";

/** Plans all attributes of an object; `prior` is null where the object is new. */
export function planAttributes(schema: Schema, config: Values, prior: Values | null): Values {
  const planned = Object.entries(schema).map(([name, attribute]) => {
    const before = prior ? own(prior, name) : undefined;
    return [name, planAttribute(attribute, own(config, name), before)] as const;
  });
  return Object.fromEntries(planned);
}

/** Names of the attributes that differ; all of them where there is no prior. */
export function changedNames(schema: Schema, planned: Values, prior: Values | null): Set<string> {
  const names = Object.keys(schema).filter((name) => {
    const attribute = schema[name];
    if (!prior || !attribute) return true;
    return !sameValue(own(planned, name), own(prior, name), attributeType(attribute));
  });
  return new Set(names);
}

/** Makes unknown what every update changes, unless config says it. */
export function expectUpdate(schema: Schema, config: Values, planned: Values): Values {
  const names = Object.keys(schema).filter(
    (name) => schema[name]?.changesOnUpdate === true && own(config, name) === null,
  );
  return { ...planned, ...Object.fromEntries(names.map((name) => [name, UNKNOWN])) };
}

/** Paths of changed attributes that replace the object. Write-only ones have nothing to compare. */
export function replacingPaths(
  schema: Schema,
  planned: Values,
  prior: Values,
  at: readonly Step[] = [],
): Step[][] {
  return Object.entries(schema).flatMap(([name, attribute]) => {
    const [after, before] = [own(planned, name), own(prior, name)];
    const unchanged = sameValue(after, before, attributeType(attribute));
    if (unchanged || attribute.writeOnly === true) return [];
    const here = [...at, { attribute_name: name }];
    if (attribute.replaces === true) return [here];
    return attribute.nested ? replacingInside(attribute.nested, after, before, here) : [];
  });
}

function replacingInside(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  after: unknown,
  before: unknown,
  at: readonly Step[],
): Step[][] {
  if (!isValues(after) || !isValues(before)) return [];
  if (nesting === "single") return replacingPaths(attributes, after, before, at);
  const keys = Object.keys(after).filter(
    (key) => isValues(own(after, key)) && isValues(own(before, key)),
  );
  return keys.flatMap((key) => {
    const step =
      nesting === "list" ? { element_key_int: Number(key) } : { element_key_string: key };
    return replacingPaths(attributes, own(after, key) as Values, own(before, key) as Values, [
      ...at,
      step,
    ]);
  });
}

function planAttribute(attribute: Attribute, config: unknown, prior: unknown): unknown {
  if (attribute.writeOnly === true) return null;
  if (config === null) return planUnset(attribute, prior);
  if (config instanceof Unknown) return config;
  if (attribute.nested) return planNested(attribute.nested, config, prior ?? null);
  return isEquivalent(attribute, config, prior ?? null) ? prior : config;
}

/** `prior` is undefined where the object that holds the attribute is new. */
function planUnset({ computed, default: standard }: Attribute, prior: unknown): unknown {
  if (computed !== true) return null;
  if (standard !== undefined) return standard;
  return prior === undefined ? UNKNOWN : prior;
}

function isEquivalent(attribute: Attribute, config: unknown, prior: unknown): boolean {
  if (prior === null) return false;
  if (sameValue(config, prior, attributeType(attribute))) return true;
  return attribute.same !== undefined && !isUnknownInside(config) && attribute.same(config, prior);
}

function planNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  config: unknown,
  prior: unknown,
): unknown {
  const before = isValues(prior) ? prior : null;
  if (nesting === "single") return planAttributes(attributes, config as Values, before);
  const plan = (it: unknown, key: string): unknown => {
    if (!isValues(it)) return it;
    const element = before ? own(before, key) : null;
    return planAttributes(attributes, it, isValues(element) ? element : null);
  };
  if (Array.isArray(config)) return config.map((it, index) => plan(it, String(index)));
  const entries = Object.entries(config as Values);
  return Object.fromEntries(entries.map(([key, it]) => [key, plan(it, key)]));
}
