/** The run log: one JSON line an event, in a file a resource. For people and tools that watch a run. */
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../../../core/folders";
import type { RunEvent } from "../../../playbooks/playbooks";

/**
 * Makes the function that events go to: it writes nothing unless ARMSTEAD_RUN_LOG names a folder.
 * @param name - the resource's name: the file's, with odd characters escaped
 */
export function openRunLog(environment: Environment, name: string): (event: RunEvent) => void {
  const folder = environment.ARMSTEAD_RUN_LOG;
  if (!folder) return () => undefined;
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${encodeURIComponent(name).replace(/^\./, "%2E")}.jsonl`);
  return (event) => {
    appendFileSync(file, `${JSON.stringify({ name, ...event })}\n`);
  };
}
