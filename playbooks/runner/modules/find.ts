/** `ansible.builtin.find`: files, folders and links below folders, by what they are. */
import { z } from "zod";
import type { TaskContext } from "../module";
import { flag, pathList, text, textList, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { modeField } from "./files/mode";
import type { Entry } from "./files/plan-recursive";
import { checksums, withContent } from "./find/contents";
import { makeFilter } from "./find/criteria";
import { listBelow } from "./find/listing";
import { statValues } from "./stat";

const ARGS = {
  paths: pathList(),
  patterns: textList().default([]),
  excludes: textList().default([]),
  use_regex: flag().default(false),
  contains: text().optional(),
  read_whole_file: flag().default(false),
  encoding: text().default("utf-8"),
  file_type: z.enum(["any", "directory", "file", "link"]).default("file"),
  age: text().optional(),
  age_stamp: z.enum(["atime", "ctime", "mtime"]).default("mtime"),
  size: text().optional(),
  mode: modeField().optional(),
  exact_mode: flag().default(true),
  hidden: flag().default(false),
  recurse: flag().default(false),
  depth: whole().optional(),
  follow: flag().default(false),
  get_checksum: flag().default(false),
};

type FindArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const findModule = defineModule({
  name: "find",
  args: ARGS,
  aliases: { paths: ["name", "path"], patterns: ["pattern"], excludes: ["exclude"] },
  async run(context, args) {
    const found: Entry[] = [];
    const skipped: Record<string, string> = {};
    let examined = 0;
    for (const path of args.paths) {
      const { entries, now, problem } = await listBelow(context, {
        ...{ path, follow: args.follow },
        depth: depthOf(args),
      });
      // A level more is listed than is asked for: Ansible counts it as examined.
      const isWithin = depthFilter(args, path);
      found.push(...entries.filter((it) => isWithin(it.name)).filter(makeFilter(args, now)));
      examined += entries.length;
      if (problem !== undefined) skipped[path] = problem;
    }
    const kept = await byContent(context, args, found);
    // Sorted, so that what plays make of it is the same in every run.
    const sorted = kept.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    const files = await describe(context, args, sorted);
    const message =
      Object.keys(skipped).length === 0
        ? "All paths examined"
        : "Not all paths examined, check warnings for details";
    const values = { files, matched: files.length, examined, skipped_paths: skipped };
    return { changed: false, message, values };
  },
});

function depthOf({ recurse, depth }: FindArgs): number | undefined {
  if (!recurse) return 1;
  return depth === undefined || depth === 0 ? undefined : depth + 1;
}

function depthFilter({ recurse, depth = 0 }: FindArgs, root: string): (name: string) => boolean {
  if (!recurse || depth === 0) return () => true;
  const levels = (it: string): number => it.split("/").length;
  const base = levels(root.replace(/\/+$/, ""));
  return (name) => levels(name) - base <= depth;
}

/** Only files have content: with `contains`, other kinds are judged as without. */
async function byContent(
  context: TaskContext,
  { contains, file_type: kind, ...args }: FindArgs,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  if (contains === undefined || kind !== "file") return entries;
  return withContent(context, entries, { ...args, contains });
}

async function describe(
  context: TaskContext,
  { get_checksum: wanted }: FindArgs,
  entries: readonly Entry[],
): Promise<Record<string, unknown>[]> {
  const files = entries.filter((it) => it.stat.type === "file");
  const sums = wanted ? await checksums(context, files) : new Map<string, string>();
  return entries.map(({ name, stat }) => {
    const { exists: _, ...values } = statValues(name, stat, sums.get(name));
    return values;
  });
}
