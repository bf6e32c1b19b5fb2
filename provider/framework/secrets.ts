/** Finds the secret texts of a value by its schema, so that no diagnostic shows them. Pure. */
import { toPlain } from "../protocol/dynamic";
import { Unknown } from "../protocol/unknown";
import type { Attribute, Schema } from "./resource";

/** All texts in sensitive and write-only attributes of an object. */
export function secretTexts(schema: Schema, value: unknown): string[] {
  if (typeof value !== "object" || value === null || value instanceof Unknown) return [];
  const object = value as Readonly<Record<string, unknown>>;
  return Object.entries(schema).flatMap(([name, attribute]) =>
    fromAttribute(attribute, Object.hasOwn(object, name) ? object[name] : null),
  );
}

/** Whether an attribute's values may not be shown. */
export function isSecret({ sensitive, writeOnly }: Attribute): boolean {
  return sensitive === true || writeOnly === true;
}

function fromAttribute(attribute: Attribute, value: unknown): string[] {
  if (isSecret(attribute)) return texts(toPlain(value));
  const { nested } = attribute;
  if (!nested || typeof value !== "object" || value === null) return [];
  if (nested.nesting === "single") return secretTexts(nested.attributes, value);
  return Object.values(value).flatMap((it) => secretTexts(nested.attributes, it));
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || value instanceof Unknown) return [];
  return Object.values(value).flatMap(texts);
}
