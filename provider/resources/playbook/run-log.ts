/** Where a resource's runs are logged. */
import path from "node:path";
import { runLogFolder, type Environment } from "../../../core/folders";
import type { RunEvent } from "../../../playbooks/playbooks";
import { openRunLog as open, runLogName } from "../../../playbooks/run-log";

/**
 * Makes the function that events go to. A log that nobody asked for by name may fail silently.
 * @param environment - ARMSTEAD_RUN_LOG names the folder; `off` writes nothing
 * @param name - the resource's name
 * @throws Error of the file system when the folder that ARMSTEAD_RUN_LOG names cannot be written
 */
export function openRunLog(environment: Environment, name: string): (event: RunEvent) => void {
  const folder = runLogFolder(environment);
  if (folder === undefined) return () => undefined;
  try {
    return open(path.join(folder, runLogName(name)), name);
  } catch (error) {
    if (environment.ARMSTEAD_RUN_LOG) throw error;
    return () => undefined;
  }
}
