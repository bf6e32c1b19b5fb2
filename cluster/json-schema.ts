/** The format of cluster.yaml as JSON Schema, for editors. Pure. */
import { z } from "zod";
import type { Catalogue } from "./catalogue";
import { clusterSchema } from "./schema";

/** A JSON Schema (draft 7, which editors know best) of what a user may write. */
export function clusterJsonSchema(catalogue: Catalogue): Record<string, unknown> {
  const schema = z.toJSONSchema(clusterSchema(catalogue), { io: "input", target: "draft-7" });
  return { ...schema, title: "Armstead cluster", description: "One ARM64 cluster" };
}
