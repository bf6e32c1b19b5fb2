/** Where a copied file goes: into `dest` when that is a folder or ends with a slash, else it is `dest`. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { runAll } from "./attributes";
import { inspect, type Inspected } from "./inspect";

/** A file's place, and what is there. */
export interface Destination {
  readonly path: string;
  readonly found: Inspected;
}

/** Finds the place for a file of this name; makes missing folders when `dest` ends with a slash. */
export async function findDestination(
  context: TaskContext,
  dest: string,
  name: string | undefined,
): Promise<Destination> {
  const found = await inspect(context.host, dest, context);
  const isFolder = found.stat?.type === "directory";
  if (name === undefined || !(isFolder || dest.endsWith("/"))) return { path: dest, found };
  if (!isFolder && !context.check) await runAll(context, [["mkdir", "-p", "--", dest]]);
  const file = path.posix.join(dest, path.posix.basename(name));
  return { path: file, found: await inspect(context.host, file, context) };
}
