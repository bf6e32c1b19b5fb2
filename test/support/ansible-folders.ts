/** What runs of ansible-playbook leave behind, or do not. */
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Folders of runs whose inventory names a port: other tests have runs of their own at the same time. */
export function ansibleFolders(port: number): string[] {
  return readdirSync(tmpdir()).filter((it) => it.startsWith("arm-") && names(it, port));
}

function names(folder: string, port: number): boolean {
  try {
    const inventory = readFileSync(path.join(tmpdir(), folder, "inventory.yml"), "utf8");
    return inventory.includes(String(port));
  } catch {
    return false;
  }
}
