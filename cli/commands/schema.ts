/** `armstead schema`: the JSON Schema of cluster.yaml, for editors. */
import { Command } from "commander";
import { clusterJsonSchema } from "../../cluster";
import { CATALOGUE } from "../../constructs/catalogue";
import type { CommandContext } from "../context";

/** Makes the command. */
export function schemaCommand({ output }: CommandContext): Command {
  return new Command("schema").description("print the JSON Schema of cluster.yaml").action(() => {
    const schema = clusterJsonSchema(CATALOGUE);
    output().result(schema, JSON.stringify(schema, undefined, 2));
  });
}
