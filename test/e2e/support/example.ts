/** The examples' own cluster files, on the lab of a test. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { ROOT, type World } from "./world";

/**
 * An example as it is, but for its name, the key that may log in, and `deployment`: keys of the deployment that say
 * where this lab has what the nodes download.
 */
export function exampleCluster(
  world: World,
  name: string,
  deployment: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const text = readFileSync(path.join(ROOT, "examples", name, "cluster.yaml"), "utf8");
  const example = parse(text) as Readonly<Record<string, object>>;
  const { metadata, access } = world.cluster({});
  return { ...example, metadata, access, deployment: { ...example.deployment, ...deployment } };
}
