/**
 * What the teardown must not leave: objects in the API, processes, sockets, folders. Looked for in the
 * system itself (/proc and the file system), not in anybody's bookkeeping.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { MachineApi } from "../api/api";
import type { CallOptions } from "../core/bounded";

/** Devices and keys that the API still knows, one line each. */
export async function findApiLeftovers(api: MachineApi, options: CallOptions): Promise<string[]> {
  const projects = await api.listProjects({}, options);
  const found: string[] = [];
  for (const { id, name } of projects) {
    const devices = await api.listDevices(id, {}, options);
    const keys = await api.listSshKeys(id, options);
    found.push(...devices.map((it) => `device ${it.hostname} (${it.id}) in project ${name}`));
    found.push(...keys.map((it) => `SSH key ${it.label} (${it.id}) in project ${name}`));
  }
  const own = await api.listSshKeys(undefined, options);
  return [...found, ...own.map((it) => `SSH key ${it.label} (${it.id}) of the user`)];
}

/** Processes that run in a folder or name it on their command line, one line each. */
export function findProcessLeftovers(folder: string): string[] {
  return readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it) && Number(it) !== process.pid)
    .flatMap((pid) => {
      const words = readProc(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")).split("\0");
      const cwd = readProc(() => readlinkSync(`/proc/${pid}/cwd`));
      const inside = isInside(cwd, folder) || words.some((it) => it.includes(folder));
      return inside ? [`process ${pid}: ${words.join(" ").trim().slice(0, 120)}`] : [];
    });
}

/** Folders that should be gone, and those of the provider's sockets below a temporary folder, one line each. */
export function findFileLeftovers(folders: readonly string[], temporary: string): string[] {
  const kept = folders.filter((it) => existsSync(it)).map((it) => `folder ${it}`);
  const sockets = (existsSync(temporary) ? readdirSync(temporary) : [])
    .filter((it) => it.startsWith("armstead-"))
    .map((it) => `folder ${path.join(temporary, it)}`);
  return [...kept, ...sockets];
}

/** A process may end while it is looked at. */
function readProc(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return file !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
