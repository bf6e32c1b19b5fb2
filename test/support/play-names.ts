/** Terraform JSON without what plays say: snapshots of clusters are not to change with every play. */
import type { Synthesized } from "./synth";

/** The JSON with names of playbooks and files in place of their content, and without versions. */
export function withoutPlayTexts(json: Synthesized): unknown {
  return JSON.parse(JSON.stringify(json), (key, value: unknown): unknown => {
    if (key === "playbooks") return (value as { name: string }[]).map(({ name }) => name);
    if (key === "files") return Object.keys(value as object);
    return key === "version" ? "(version)" : value;
  });
}
