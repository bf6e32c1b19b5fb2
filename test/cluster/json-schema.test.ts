import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { clusterJsonSchema } from "../../cluster";
import { CATALOGUE } from "../../constructs/catalogue";
import { clusterSchemaFile } from "../../scripts/generate-schema";
import { loadCases } from "../support/cases";

interface Case {
  readonly yaml: readonly string[];
  readonly faults: readonly string[];
}

const root = path.join(__dirname, "..", "..");
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
  clusterJsonSchema(CATALOGUE),
);
const cases = loadCases<Case>(path.join(__dirname, "load"));
/** Faults that JSON Schema can see too: those of keys, types, values, lengths and forms. */
const VISIBLE = /AS12(03|04|05|06|07|08|09|10)\b/;

test("clusterJsonSchema() is what schema/cluster.schema.json holds (npm run generate)", () => {
  const file = path.join(root, "schema", "cluster.schema.json");

  expect(readFileSync(file, "utf8")).toBe(clusterSchemaFile());
});

test("clusterJsonSchema() describes every key", () => {
  const missing: string[] = [];
  walk(clusterJsonSchema(CATALOGUE), "", missing);

  expect(missing).toEqual([]);
});

test.each(cases.filter(({ faults }) => faults.every((it) => !VISIBLE.test(it))))(
  "clusterJsonSchema() accepts $name",
  ({ yaml, faults }) => {
    if (faults.some((it) => it.includes("AS1201") || it.includes("AS1202"))) return;

    expect(validate(parse(yaml.join("\n"))) ? [] : validate.errors).toEqual([]);
  },
);

const LISTED = ["misspelt-role", "misspelt-keys", "wrong-types", "malformed-names", "out-of-range"];
test.each(cases.filter(({ name }) => LISTED.includes(name)))(
  "clusterJsonSchema() refuses $name",
  ({ yaml }) => {
    expect(validate(parse(yaml.join("\n")))).toBe(false);
  },
);

test("clusterJsonSchema() accepts the examples", () => {
  const file = path.join(root, "examples", "etcd-edge", "cluster.yaml");

  expect(validate(parse(readFileSync(file, "utf8"))) ? [] : validate.errors).toEqual([]);
});

/** Keys that say it all. */
const EXCUSED = ["metadata", "kind"];

function walk(schema: unknown, at: string, missing: string[]): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") missing.push(...undescribed(value as object, at));
    walk(value, `${at}.${key}`, missing);
  }
}

function undescribed(properties: object, at: string): string[] {
  return Object.entries(properties)
    .filter(([name, it]) => !("description" in (it as object)) && !EXCUSED.includes(name))
    .map(([name]) => `${at}.${name}`);
}
