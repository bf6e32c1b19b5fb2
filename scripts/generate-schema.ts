/** Writes schema/cluster.schema.json; a test keeps it equal to the loader's schema. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clusterJsonSchema } from "../cluster";
import { CATALOGUE } from "../constructs/catalogue";

/** The file's text. */
export function clusterSchemaFile(): string {
  return `${JSON.stringify(clusterJsonSchema(CATALOGUE), undefined, 2)}\n`;
}

if (require.main === module) {
  const folder = path.join(__dirname, "..", "schema");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "cluster.schema.json"), clusterSchemaFile());
}
