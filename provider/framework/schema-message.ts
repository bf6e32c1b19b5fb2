/** Schemas as Terraform gets them. Pure. */
import { NESTING, type AttributeMessage, type SchemaMessage } from "../protocol/messages/common";
import type { Attribute, Schema } from "./resource";

const MARKDOWN = 1;

/** A schema's message: all attributes, version of the stored state, text for the reference. */
export function schemaMessage(
  schema: Schema,
  options: { readonly version?: number | undefined; readonly doc?: string } = {},
): SchemaMessage {
  const attributes = Object.entries(schema).map(attributeMessage);
  const block = { attributes, description: options.doc ?? "", description_kind: MARKDOWN };
  return { version: options.version ?? 0, block };
}

function attributeMessage([name, attribute]: readonly [string, Attribute]): AttributeMessage {
  const { nested } = attribute;
  const shape = nested
    ? {
        nested_type: {
          attributes: Object.entries(nested.attributes).map(attributeMessage),
          nesting: NESTING[nested.nesting],
        },
      }
    : { type: Buffer.from(JSON.stringify(attribute.type)) };
  return {
    name,
    ...shape,
    description: attribute.doc,
    description_kind: MARKDOWN,
    required: attribute.required,
    optional: attribute.optional,
    computed: attribute.computed,
    sensitive: attribute.sensitive,
    deprecated: attribute.deprecated,
    write_only: attribute.writeOnly,
  };
}
