/** `file` with `recurse`: which things below a folder differ in mode or owner, and the change for all of them. */
import type { TaskContext } from "../../module";
import { parseStat, type FullStat } from "../../transport/parse-stat";
import { STAT_FORMAT } from "../../transport/file-scripts";
import { TaskFailure } from "../task-failure";
import { describeAttributes, type WantedAttributes } from "./attributes";
import { formatMode, resolveMode } from "./mode";

/** A change of many files. */
export interface RecursivePlan {
  readonly diff: readonly string[];
  run(): Promise<void>;
}

/** A file or folder on the host. */
export interface Entry {
  readonly name: string;
  readonly stat: FullStat;
}

/** Names end with NUL, so that any name is read back as it is. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
find "$1" -mindepth 1 -exec stat -c '${STAT_FORMAT}' -- {} + || exit 1
echo
find "$1" -mindepth 1 -print0`;

/** @returns undefined when everything below is as asked */
export async function planRecursive(
  context: TaskContext,
  { path, ...wanted }: WantedAttributes & { readonly path: string },
): Promise<RecursivePlan | undefined> {
  const root = path.endsWith("/") ? path : `${path}/`;
  return planEntries(context, await listBelow(context, root), wanted);
}

/** Gives all of them mode and owner, unless in check mode. @returns whether any differs */
export async function applyToEntries(
  context: TaskContext,
  entries: readonly Entry[],
  wanted: WantedAttributes,
): Promise<boolean> {
  const plan = planEntries(context, entries, wanted);
  if (!context.check) await plan?.run();
  return plan !== undefined;
}

function planEntries(
  context: TaskContext,
  entries: readonly Entry[],
  wanted: WantedAttributes,
): RecursivePlan | undefined {
  const differing = entries.filter(({ stat }) => describeAttributes(stat, wanted).length > 0);
  if (differing.length === 0) return undefined;
  return {
    diff: differing.flatMap(({ name, stat }) =>
      describeAttributes(stat, wanted).map((it) => `${name}: ${it}`),
    ),
    run: () => applyTo(context, differing, wanted),
  };
}

async function listBelow({ host, signal }: TaskContext, root: string): Promise<Entry[]> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", root];
  const { code, stdout, stderr, truncated } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`${root} cannot be listed: ${stderr.trim()}`);
  if (truncated) throw new TaskFailure(`${root} holds too many files for recurse`);
  const end = stdout.startsWith("\n") ? 0 : stdout.indexOf("\n\n") + 1;
  const stats = stdout.slice(0, end).split("\n").filter(Boolean);
  const names = stdout
    .slice(end + 1)
    .split("\0")
    .filter(Boolean);
  return names.map((name, index) => ({ name, stat: parseStat(`${stats[index] ?? ""}\n`) }));
}

/** One command for each mode that results, and one for the owner. */
async function applyTo(
  { host, signal }: TaskContext,
  entries: readonly Entry[],
  { mode, owner = "", group }: WantedAttributes,
): Promise<void> {
  const run = async (argv: readonly string[], names: readonly string[]): Promise<void> => {
    if (names.length === 0) return;
    const stdin = names.map((it) => `${it}\0`).join("");
    const { code, stderr } = await host.change(
      { argv: ["xargs", "-0", ...argv], stdin },
      { signal },
    );
    if (code !== 0) throw new TaskFailure(stderr.trim());
  };
  const both = group === undefined ? owner : `${owner}:${group}`;
  if (both !== "")
    await run(
      ["chown", "-h", "--", both],
      entries.map((it) => it.name),
    );
  if (mode === undefined) return;
  const byMode = new Map<number, string[]>();
  for (const { name, stat } of entries.filter((it) => it.stat.type !== "link")) {
    const bits = resolveMode(mode, { mode: stat.mode, isFolder: stat.type === "directory" });
    byMode.set(bits, [...(byMode.get(bits) ?? []), name]);
  }
  for (const [bits, names] of byMode) await run(["chmod", "--", formatMode(bits)], names);
}
