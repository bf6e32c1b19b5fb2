/**
 * Reads the OpenAPI 3.0 subset that the exam decodes by and turns it into JSON Schema. The file is
 * not part of this repository: where it is absent the exam runs without it.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AMENDMENTS } from "./openapi-amendments";

/** A schema as plain data. */
export type SchemaObject = Readonly<Record<string, unknown>>;

const schemaObject = z.record(z.string(), z.unknown());
const response = z.object({
  content: z.record(z.string(), z.object({ schema: schemaObject })).optional(),
});
const document = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), response) })),
  ),
  components: z.object({ schemas: z.record(z.string(), schemaObject) }),
});

/** One answer that the subset documents. */
export interface DocumentedAnswer {
  /** Upper case. */
  readonly method: string;
  /** With `{id}` in it. */
  readonly path: string;
  readonly status: number;
  /** Undefined where the answer has no JSON body, or a body of any shape. */
  readonly schema: SchemaObject | undefined;
}

/** The subset, ready for a JSON Schema validator. */
export interface OpenApiSpec {
  readonly answers: readonly DocumentedAnswer[];
  /** By name; they refer to each other as `#/components/schemas/<name>`. */
  readonly schemas: Readonly<Record<string, SchemaObject>>;
}

/** Where the subset is expected: `ARMSTEAD_OPENAPI`, or beside the repository. */
export function specFile(env: Readonly<Record<string, string | undefined>>): string {
  const beside = path.join(__dirname, "..", "..", "..", "shared", "reference", "packet");
  return env.ARMSTEAD_OPENAPI ?? path.join(beside, "openapi-subset.yaml");
}

/** @returns undefined when there is no such file */
export function tryReadSpec(file: string): OpenApiSpec | undefined {
  if (!existsSync(file)) return undefined;
  const { paths, components } = document.parse(parse(readFileSync(file, "utf8")));
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [
    name,
    toJsonSchema({ ...schema, ...amend(name, schema) }),
  ]);
  const answers = Object.entries(paths).flatMap(([at, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.entries(responses).map(([status, { content }]) => {
        const schema = content?.["application/json"]?.schema;
        return {
          method: method.toUpperCase(),
          path: at,
          status: Number(status),
          schema: schema && toJsonSchema(schema),
        };
      }),
    ),
  );
  return { answers, schemas: Object.fromEntries(schemas) as Record<string, SchemaObject> };
}

/** Properties that the contract's prose adds to a schema. */
function amend(name: string, schema: SchemaObject): SchemaObject {
  const extra = AMENDMENTS[name];
  return extra ? { properties: { ...asObject(schema.properties), ...extra } } : {};
}

/**
 * OpenAPI 3.0 → JSON Schema: `nullable` becomes a type, and what is not required may be null,
 * because the strict decoder that the contract speaks of reads both as "absent".
 */
export function toJsonSchema(schema: SchemaObject): SchemaObject {
  const { nullable, properties, items, additionalProperties, ...rest } = schema;
  const required = Array.isArray(schema.required) ? (schema.required as unknown[]) : [];
  const converted: Record<string, unknown> = { ...rest };
  if (properties !== undefined) {
    converted.type ??= "object";
    converted.properties = mapValues(asObject(properties), (value, key) => {
      const property = toJsonSchema(asObject(value));
      return required.includes(key) ? property : orNull(property);
    });
  }
  if (items !== undefined) converted.items = toJsonSchema(asObject(items));
  if (additionalProperties !== undefined) {
    converted.additionalProperties =
      typeof additionalProperties === "boolean"
        ? additionalProperties
        : toJsonSchema(asObject(additionalProperties));
  }
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const parts = schema[key];
    if (Array.isArray(parts)) converted[key] = parts.map((it) => toJsonSchema(asObject(it)));
  }
  return nullable === true ? orNull(converted) : converted;
}

function orNull(schema: SchemaObject): SchemaObject {
  const { type, enum: values } = schema;
  if (typeof type !== "string") return { anyOf: [{ type: "null" }, schema] };
  const widened = { ...schema, type: [type, "null"] };
  return Array.isArray(values) ? { ...widened, enum: [...(values as unknown[]), null] } : widened;
}

function asObject(value: unknown): SchemaObject {
  return schemaObject.parse(value);
}

function mapValues(
  record: SchemaObject,
  map: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, it]) => [key, map(it, key)]));
}
