/** Files that code names by path: from the current folder, as with any command. Reads only. */
import { homedir } from "node:os";
import type { PathBase, Read } from "../cluster/references";
import { fault, UserFault } from "../core/faults";

/** Where paths in code count from. */
export function currentBase(): PathBase {
  return { folder: process.cwd(), home: homedir() };
}

/**
 * The value of a file that was read.
 * @param result - what reading gave
 * @param at - what the file is for
 * @throws {@link UserFault} with the reason when there is none
 */
export function valueOf<T>(result: Read<T>, at: string): T {
  if (result.kind === "read") return result.value;
  throw new UserFault([fault(result.code, at, result.parts)]);
}
