/**
 * Makes what a resource answered fit for Terraform's state: write-only values and unknowns
 * become null, equal values keep their spelling, and a value of a wrong type costs its own
 * attribute only: losing the whole object would orphan it.
 */
import { CtyError } from "../protocol/cty-error";
import { encodeValue } from "../protocol/encode-value";
import type { DynamicValue } from "../protocol/messages/common";
import { attributeType, objectType, TIMEOUTS } from "./full-schema";
import type { Attribute, Schema } from "./resource";
import { isUnknownInside, Unknown } from "./unknown";
import { isValues, own, type Values } from "./values";

/** An encoded object, and our own mistakes found in it. */
export interface Settled {
  readonly value: DynamicValue;
  /** One clause each; no value is in them. */
  readonly mistakes: readonly string[];
}

/**
 * Encodes an object for the state.
 * @param schema - with `timeouts`
 * @param model - as the resource answered it; what it does not name is null
 * @param reference - prior or planned object: gives `timeouts` and the spelling of equal values
 */
export function settle(schema: Schema, model: object, reference: Values | null): Settled {
  const known = { [TIMEOUTS]: reference?.[TIMEOUTS] ?? null, ...model };
  const values = settleObject(schema, known, reference);
  const unknown = Object.keys(schema).filter(
    (name) => schema[name]?.writeOnly !== true && isUnknownInside(own(known, name)),
  );
  const mistakes = unknown.map((name) => `${name} is still unknown`);
  try {
    return { value: encodeValue(values, objectType(schema)), mistakes };
  } catch (error) {
    if (!(error instanceof CtyError)) throw error;
    return settlePiecewise(schema, values, mistakes);
  }
}

function settlePiecewise(schema: Schema, values: Values, mistakes: readonly string[]): Settled {
  const found = [...mistakes];
  const pieces = Object.entries(schema).map(([name, attribute]) => {
    try {
      encodeValue(values[name], attributeType(attribute));
      return [name, values[name]] as const;
    } catch (error) {
      found.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return [name, null] as const;
    }
  });
  const value = encodeValue(Object.fromEntries(pieces), objectType(schema));
  return { value, mistakes: found };
}

function settleObject(schema: Schema, model: Values, reference: Values | null): Values {
  const settled = Object.entries(schema).map(([name, attribute]) => {
    const other = reference ? own(reference, name) : null;
    return [name, settleAttribute(attribute, own(model, name), other)] as const;
  });
  return Object.fromEntries(settled);
}

function settleAttribute(attribute: Attribute, value: unknown, reference: unknown): unknown {
  if (attribute.writeOnly === true || value === null || value instanceof Unknown) return null;
  if (!attribute.nested) return spell(attribute, withoutUnknowns(value), reference);
  if (typeof value !== "object") return value;
  const { nesting, attributes } = attribute.nested;
  const other = isValues(reference) ? reference : {};
  if (nesting === "single") return settleObject(attributes, value as Values, other);
  const settleElement = (it: unknown, key: string): unknown => {
    const element = own(other, key);
    return isValues(it) ? settleObject(attributes, it, isValues(element) ? element : null) : null;
  };
  if (Array.isArray(value)) return value.map((it, index) => settleElement(it, String(index)));
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, it]) => [key, settleElement(it, key)]));
}

/** Keeps the reference's spelling where the attribute says that both are the same. */
function spell({ same }: Attribute, value: unknown, reference: unknown): unknown {
  const comparable = same && reference !== null && !isUnknownInside(reference);
  return comparable && same(reference, value) ? reference : value;
}

function withoutUnknowns(value: unknown): unknown {
  if (value instanceof Unknown) return null;
  if (!isUnknownInside(value)) return value;
  if (Array.isArray(value)) return value.map(withoutUnknowns);
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, it]) => [key, withoutUnknowns(it)]));
}
