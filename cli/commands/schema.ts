/** `armstead schema`: the JSON Schema of cluster.yaml, for editors. */
import { Command } from "commander";
import { clusterJsonSchema } from "../../cluster";
import { catalogueWith } from "../../constructs/catalogue";
import type { CommandContext } from "../context";
import { loadKinds } from "../load-kinds";

/** Makes the command. */
export function schemaCommand({ output, folder }: CommandContext): Command {
  return new Command("schema")
    .description("print the JSON Schema of cluster.yaml")
    .option("--with <module...>", "modules that bring kinds of deployments")
    .action(({ with: modules = [] }: { readonly with?: readonly string[] }) => {
      const schema = clusterJsonSchema(catalogueWith(loadKinds(modules, folder)));
      output().result(schema, JSON.stringify(schema, undefined, 2));
    });
}
