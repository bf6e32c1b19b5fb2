/** What the file system says of the lab's folder, in words that tell a user what to do. */
import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { describeError, OuterFault } from "../core/faults";

const systemErrorSchema = z.object({ code: z.string(), errno: z.int(), message: z.string() });

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "it is closed to you",
  EDQUOT: "your disk quota is used up",
  EEXIST: "it is no folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "it is no folder",
  EPERM: "it is closed to you",
  EROFS: "the file system is read-only",
};

/**
 * Does what reads or writes in the folder.
 * @throws OuterFault AS2405 when the folder cannot be written, AS2409 when it is somebody else's
 */
export async function inLabFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw folderFault(folder, error);
  }
}

/**
 * Whether the folder is there.
 * @throws OuterFault AS2405 when it is no folder, AS2409 when it is somebody else's
 */
export function isLabFolder(folder: string): Promise<boolean> {
  return inLabFolder(folder, async () => {
    try {
      // The dot asks for more than the folder's existence: that it is one, and open to us.
      await stat(`${folder}${path.sep}.`);
      return true;
    } catch (error) {
      if (systemCode(error) === "ENOENT") return false;
      throw error;
    }
  });
}

/** The fault for what the file system said; anything else as it is. */
function folderFault(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof OuterFault) return error;
  const strangers = code === "EACCES" || code === "EPERM" ? tryFindStrangers(folder) : undefined;
  if (strangers !== undefined) return new OuterFault("AS2409", strangers, { cause: error });
  const words = WORDS[code] ?? describeError(error);
  const problem = `the lab's state cannot be written to ${folder}: ${words} (${code})`;
  return new OuterFault("AS2405", { problem }, { cause: error });
}

/** Names the folder, or the nearest one above it that can be seen, unless it is our own. */
function tryFindStrangers(folder: string): { readonly problem: string } | undefined {
  const own = process.getuid?.();
  const owner = tryFindOwner(folder);
  const above = path.dirname(folder);
  if (owner === undefined) return above === folder ? undefined : tryFindStrangers(above);
  if (owner === own) return undefined;
  return { problem: `${folder} belongs to user ${owner}, and you are user ${String(own)}` };
}

function tryFindOwner(folder: string): number | undefined {
  try {
    return statSync(folder).uid;
  } catch {
    return undefined;
  }
}

/** The system's name of an error, such as `ENOENT`; undefined for what is no error of the system. */
export function systemCode(error: unknown): string | undefined {
  const read = systemErrorSchema.safeParse(error);
  return read.success ? read.data.code : undefined;
}
