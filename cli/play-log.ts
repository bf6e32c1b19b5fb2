/** Where `armstead play` writes its log. */
import { statSync } from "node:fs";
import path from "node:path";
import { describeError, fault, UserFault } from "../core/faults";
import { runLogFolder } from "../core/folders";
import type { RunEvent } from "../playbooks/playbooks";
import { openRunLog, runLogName } from "../playbooks/run-log";
import type { Surroundings } from "./context";

/**
 * Opens the log.
 * @param place - a file, or a folder, which ends with a slash or is there; without one, the folder that deploys
 *   use, where a log that cannot be written is done without
 * @param name - of what runs
 * @throws UserFault AS1002 when the named place cannot be written
 */
export function openPlayLog(
  place: string | undefined,
  name: string,
  { folder, environment }: Pick<Surroundings, "folder" | "environment">,
): (event: RunEvent) => void {
  const named = place ?? environment.ARMSTEAD_RUN_LOG;
  const base = place ?? runLogFolder(environment);
  if (base === undefined) return () => undefined;
  const target = path.resolve(folder, base);
  try {
    const isFolder = place === undefined || place.endsWith("/") || isDirectory(target);
    const file = isFolder ? path.join(target, runLogName(name)) : target;
    return openRunLog(file, name);
  } catch (error) {
    if (!named) return () => undefined;
    throw new UserFault([fault("AS1002", "", { given: target, hint: describeError(error) })]);
  }
}

function isDirectory(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}
