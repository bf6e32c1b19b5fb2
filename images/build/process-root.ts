/**
 * The root folder of the process driver's machines: the minimal node for the host's own
 * architecture, with busybox's applets linked. Files belong to whoever builds.
 */
import { symlink } from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { type BuildContext, ensureBuilt } from "./built";
import { readCommand } from "./command";
import { processInitFiles } from "./guest/process-init";
import {
  minimalRootTexts,
  type NodeKind,
  readMinimalRoot,
  resolveMinimalRoot,
} from "./minimal-root";
import { type TreeEntry, writeTree } from "./tree";

/** Raise it when the code that picks files changes; texts and packages count by themselves. */
const BUILDER_VERSION = 1;

/** What the root is for. */
export interface ProcessRootProps extends NodeKind {
  /**
   * Whether machines have one user id only, as without root. Their kernel refuses
   * to set supplementary groups, which dropbear otherwise takes for a failed login.
   */
  readonly singleUser: boolean;
}

/** Builds the folder unless it is cached, and says where it is. It must not be changed. */
export async function ensureProcessRoot(
  context: BuildContext,
  props: ProcessRootProps,
  options: CallOptions,
): Promise<string> {
  const packages = await resolveMinimalRoot(context, props, options);
  const texts = [...minimalRootTexts(), ...processInitFiles()];
  const name = `process-root-${props.release}-${props.architecture}`;
  const inputs = { BUILDER_VERSION, packages, texts, singleUser: props.singleUser };
  const build = async (folder: string): Promise<void> => {
    const read = await readMinimalRoot(context, props, options);
    const root = props.singleUser ? read.map(withoutGroups) : read;
    await writeTree([...root, ...processInitFiles()], folder);
    await linkApplets(folder, options);
  };
  return await ensureBuilt(context, { name, inputs, build }, options);
}

/** The host has the architecture of the root, so that the root's own busybox can be asked. */
async function linkApplets(folder: string, { signal }: CallOptions): Promise<void> {
  const busybox = path.join(folder, "usr", "bin", "busybox");
  const applets = await readCommand(["env", busybox, "--list-full"], { signal });
  for (const applet of applets.trim().split("\n")) {
    // The root's own programs and scripts go before applets of the same name.
    await symlink("/usr/bin/busybox", path.join(folder, applet)).catch(ignoreTaken);
  }
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

/**
 * Dropbear with `getpid` in the place of `initgroups`: of the functions that libc offers under the
 * same symbol version, one that takes no argument and never fails.
 */
function withoutGroups(entry: TreeEntry): TreeEntry {
  if (entry.kind !== "file" || entry.path !== "usr/sbin/dropbear") return entry;
  const content = Buffer.from(entry.content);
  const at = content.indexOf("\0initgroups\0");
  if (at < 0) throw new OuterFault("AS2453", { problem: "dropbear does not link initgroups" });
  content.write("getpid\0", at + 1, "latin1");
  return { ...entry, content };
}
