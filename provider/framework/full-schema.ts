/** What the framework adds to every resource's schema, and the types that follow from schemas. Pure. */
import type { CtyObject, CtyType } from "../protocol/cty-type";
import type { Attribute, Schema, TimeLimits } from "./resource";

/** Operations that have a time limit. */
export const OPERATIONS = ["create", "read", "update", "delete"] as const;
/** See {@link OPERATIONS}. */
export type Operation = (typeof OPERATIONS)[number];

/** Name of the attribute that the framework adds. */
export const TIMEOUTS = "timeouts";

/**
 * The schema with `timeouts`.
 * @param schema - the resource's own
 * @param limits - its defaults, for the reference
 */
export function withTimeouts(schema: Schema, limits: TimeLimits): Schema {
  const inner = OPERATIONS.map((name) => {
    const doc = `Time limit of ${name}, such as \`20m\`. Default: \`${limits[name] / 1_000}s\`.`;
    return [name, { type: "string", optional: true, doc } satisfies Attribute] as const;
  });
  const timeouts: Attribute = {
    nested: { nesting: "single", attributes: Object.fromEntries(inner) },
    optional: true,
    doc: "Time limits.",
  };
  return { ...schema, [TIMEOUTS]: timeouts };
}

/** The type of an object with these attributes. */
export function objectType(schema: Schema): CtyObject {
  const types = Object.entries(schema).map(([name, it]) => [name, attributeType(it)] as const);
  return ["object", Object.fromEntries(types)];
}

/** The type of one attribute. */
export function attributeType({ type, nested }: Attribute): CtyType {
  if (!nested) return type ?? "dynamic";
  const inner = objectType(nested.attributes);
  return nested.nesting === "single" ? inner : [nested.nesting, inner];
}
