/** The files of constructs/l1/ by name, from the provider's schema. Pure. */
import { withTimeouts } from "../provider/framework/full-schema";
import type { DataSource, Resource, Schema } from "../provider/framework/resource";
import { l1Source } from "./l1-source";

/** The part of a provider that its classes are made from. */
export interface L1Provider {
  readonly schema: Schema;
  readonly resources: readonly Pick<
    Resource<never, never>,
    "type" | "doc" | "schema" | "timeLimits"
  >[];
  readonly dataSources: readonly Pick<DataSource<never, never>, "type" | "doc" | "schema">[];
}

const PREFIX = "armstead_";

/** Content by file name. */
export function l1Files(of: L1Provider): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  files.set(
    "provider.ts",
    l1Source({
      kind: "provider",
      type: "armstead",
      name: "ArmsteadProvider",
      doc: "the machine API that resources talk to.",
      schema: of.schema,
    }),
  );
  for (const { type, doc, schema, timeLimits } of of.resources) {
    const word = type.slice(PREFIX.length);
    const full = withTimeouts(schema, timeLimits);
    const source = l1Source({ kind: "resource", type, name: className(word), doc, schema: full });
    files.set(`${word.replaceAll("_", "-")}.ts`, source);
  }
  for (const { type, doc, schema } of of.dataSources) {
    const word = `data_${type.slice(PREFIX.length)}`;
    const source = l1Source({ kind: "data-source", type, name: className(word), doc, schema });
    files.set(`${word.replaceAll("_", "-")}.ts`, source);
  }
  return files;
}

function className(words: string): string {
  return words
    .split("_")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}
