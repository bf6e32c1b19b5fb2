/** `community.general.archive`: files of the host packed into an archive on the host, or one file compressed. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { quote } from "../transport/quote";
import { pack } from "./archive/pack";
import { commonRoot, FORMATS, isArchiveName, isGlob, sourcesOf } from "./archive/plan-archive";
import { flag, path, pathList, textList } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, planAttributes, REFUSED_ATTRIBUTES, runAll } from "./files/attributes";
import { inspect } from "./files/inspect";
import { listBelow } from "./find/listing";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  path: pathList(),
  dest: path().optional(),
  format: z.enum(FORMATS).default("gz"),
  exclude_path: pathList().default([]),
  exclusion_patterns: textList().default([]),
  force_archive: flag().default(false),
  remove: flag().default(false),
};

type ArchiveArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const archiveModule = defineModule({
  name: "archive",
  args: ARGS,
  refused: REFUSED_ATTRIBUTES,
  async run(context, args) {
    const request = await readRequest(context, args);
    const { targets, dest } = request;
    if (targets.length === 0) return nothing(context, args, request);
    const sources = await sourcesIn(context, args, request);
    const differs = await pack(context, {
      ...{ dest, format: args.format, root: request.root },
      names: sources.map((it) => it.name),
      isSingle: !request.isArchive && args.format !== "tar" && args.format !== "zip",
    });
    const attributes = await adjust(context, args, dest);
    if (args.remove && !context.check) {
      await runAll(context, [["rm", "-rf", "--", ...targets.map((it) => it.path)]]);
    }
    const isPlain = !request.isArchive && args.format !== "tar" && args.format !== "zip";
    const state = isPlain ? "compress" : request.missing.length > 0 ? "incomplete" : "archive";
    return {
      changed: differs || attributes || args.remove,
      values: {
        ...valuesOf(request),
        // What is only checked is in no archive yet.
        archived: context.check ? [] : sources.map((it) => it.path),
        dest_state: context.check ? "absent" : state,
      },
      ...(context.diff && differs ? { diff: `+ ${dest}` } : {}),
    };
  },
});

/** What is asked for, as the host sees it. */
interface Request {
  readonly dest: string;
  readonly root: string;
  readonly isArchive: boolean;
  readonly targets: readonly { readonly path: string; readonly isFolder: boolean }[];
  readonly missing: readonly string[];
  readonly expanded: readonly string[];
  readonly excluded: readonly string[];
}

async function readRequest(context: TaskContext, args: ArchiveArgs): Promise<Request> {
  const expanded = await expand(context, args.path);
  const excluded = await expand(context, args.exclude_path);
  const paths = [...new Set(expanded)].filter((it) => !excluded.includes(it)).sort();
  const [first] = paths;
  if (first === undefined) {
    const values = {
      expanded_paths: expanded.join(", "),
      expanded_exclude_paths: excluded.join(", "),
    };
    throw new TaskFailure("Error, no source paths were found", values);
  }
  const found = [];
  for (const it of paths) {
    const { link, stat } = await inspect(context.host, it, { ...context, checksum: false });
    found.push({ path: it, isThere: link !== undefined, isFolder: stat?.type === "directory" });
  }
  const isArchive =
    args.force_archive || args.path.some(isGlob) || paths.length > 1 || found[0]?.isFolder === true;
  if (isArchive && args.dest === undefined) {
    throw new TaskFailure('Error, must specify "dest" when archiving multiple files or trees');
  }
  const dest = args.dest ?? `${first}.${args.format}`;
  if (args.remove && found.some((it) => it.isFolder && dest.startsWith(`${it.path}/`))) {
    throw new TaskFailure(
      "Error, created archive can not be contained in source paths when remove=true",
    );
  }
  return {
    ...{ dest, isArchive, expanded, excluded, root: commonRoot(paths) },
    targets: found.filter((it) => it.isThere),
    missing: found.filter((it) => !it.isThere).map((it) => it.path),
  };
}

/** Patterns become what the host has of them; other paths stay, there or not. */
async function expand(context: TaskContext, paths: readonly string[]): Promise<string[]> {
  if (!paths.some(isGlob)) return [...paths];
  const words = paths.map((it) => {
    if (!isGlob(it)) return quote(it);
    // Only the wildcards stay outside of the quotes.
    const parts = it.split(/([*?]+|\[[^\]]*\])/);
    return parts.map((part, index) => (index % 2 === 1 ? part : part && quote(part))).join("");
  });
  const lines = words.map((word, index) =>
    isGlob(paths[index] ?? "")
      ? `for it in ${word}; do if [ -e "$it" ] || [ -L "$it" ]; then printf '%s\\0' "$it"; fi; done`
      : `printf '%s\\0' ${word}`,
  );
  const { signal } = context;
  const { stdout } = await context.host.query({ script: lines.join("\n") }, { signal });
  return stdout.split("\0").slice(0, -1);
}

async function sourcesIn(
  context: TaskContext,
  { format, exclusion_patterns: patterns }: ArchiveArgs,
  { targets, root, dest }: Request,
) {
  const paths: string[] = [];
  for (const { path: target, isFolder } of targets) {
    if (!isFolder) paths.push(target);
    else {
      const below = { path: target, depth: undefined, follow: false };
      const { entries, problem } = await listBelow(context, below);
      if (problem !== undefined) throw new TaskFailure(`${target} cannot be read: ${problem}`);
      paths.push(...entries.map((it) => it.name));
    }
  }
  // An archive that lies among its sources would hold itself, and never be the same again.
  const others = paths.filter((it) => it !== dest);
  return sourcesOf(others, { root, format, patterns });
}

async function nothing(
  context: TaskContext,
  args: ArchiveArgs,
  request: Request,
): Promise<TaskResult> {
  const { stat } = await inspect(context.host, request.dest, { ...context, checksum: false });
  const changed = await adjust(context, args, request.dest);
  const state = isArchiveName(request.dest) ? "archive" : "compress";
  const dest_state = stat === undefined ? "absent" : state;
  return { changed, values: { ...valuesOf(request), archived: [], dest_state } };
}

/** @returns whether mode or owner differ */
async function adjust(context: TaskContext, args: ArchiveArgs, dest: string): Promise<boolean> {
  const { stat } = await inspect(context.host, dest, { ...context, checksum: false });
  const commands = stat === undefined ? [] : planAttributes(dest, stat, args);
  if (!context.check) await runAll(context, commands);
  return commands.length > 0;
}

function valuesOf({ dest, root, missing, expanded, excluded }: Request): Record<string, unknown> {
  return {
    ...{ dest, missing, arcroot: root },
    ...{ expanded_paths: expanded, expanded_exclude_paths: excluded },
  };
}
