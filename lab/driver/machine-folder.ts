/**
 * A machine's folder: all that a driver must know to find the machine again. Its name is the
 * device's id.
 */
import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Bug } from "../../core/faults";

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/**
 * The folder's path.
 * @throws Bug when the id could mean another folder
 */
export function machineFolder(machines: string, id: string): string {
  if (!ID.test(id)) throw new Bug(`a machine's id is ${JSON.stringify(id)}`);
  return path.join(machines, id);
}

/** Makes the folder; others may pass through it (a machine's user does), but not list it. */
export async function ensureMachineFolder(machines: string, id: string): Promise<string> {
  const folder = machineFolder(machines, id);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Ids that have a folder. */
export async function listMachineFolders(machines: string): Promise<string[]> {
  if (!(await stat(machines).catch(() => undefined))) return [];
  const entries = await readdir(machines, { withFileTypes: true });
  return entries
    .filter((it) => it.isDirectory() && ID.test(it.name))
    .map((it) => it.name)
    .sort();
}
