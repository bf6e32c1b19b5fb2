/** Terraform's state of the demo. */
import { existsSync, readFileSync } from "node:fs";

/** Whether a state says that something is up. */
export function hasResources(state: string): boolean {
  if (!existsSync(state)) return false;
  const { resources } = JSON.parse(readFileSync(state, "utf8")) as { resources?: unknown[] };
  return (resources ?? []).length > 0;
}
