/**
 * What the lab held before the demo began: runs that were cut off leave it, and others may use the same lab. It is said, it
 * stays, and it does not count as left behind.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { MachineApi } from "../api/api";
import type { CallOptions } from "../core/bounded";
import { findApiLeftovers } from "./leftovers";
import type { DemoFiles } from "./settings";

/**
 * Looks for it, and notes it for the teardown, which may be that of another process. Where a demo is up, what is there is its
 * own, or was noted when that began.
 * @returns one line each; empty where nothing is to be said
 */
export async function noteEarlier(
  { folder, earlier }: Pick<DemoFiles, "folder" | "earlier">,
  { api, isUp, ...options }: CallOptions & { readonly api: MachineApi; readonly isUp: boolean },
): Promise<readonly string[]> {
  if (isUp) return [];
  const found = await findApiLeftovers(api, options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(earlier, JSON.stringify(found));
  return found;
}

/** What was noted. */
export function readEarlier({ earlier }: Pick<DemoFiles, "earlier">): readonly string[] {
  if (!existsSync(earlier)) return [];
  return JSON.parse(readFileSync(earlier, "utf8")) as string[];
}

/** What is said of it before the demo begins. Pure. */
export function earlierReport(found: readonly string[]): string {
  return [
    "The lab holds what is not of this demo, such as of a run that was cut off:",
    ...found.map((it) => `  ${it}`),
    "It stays as it is. Remove it, with all else of the lab: npx armstead lab reset",
  ].join("\n");
}
