/** Is an archive unpacked already? Its listing is compared with the files on the host; nothing is unpacked for it. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { STAT_FORMAT } from "../../transport/file-scripts";
import { parseStat } from "../../transport/parse-stat";
import type { Entry } from "../files/plan-recursive";
import { TaskFailure } from "../task-failure";
import { isExtracted, parseListing, type Member } from "./listing";

/** How tar reads the archive. */
export interface Archive {
  readonly options: readonly string[];
  /** Members to unpack; empty: all. */
  readonly include: readonly string[];
  /** The archive itself when it travels. */
  readonly stdin?: Buffer;
}

/** What is there of the archive. */
export interface Comparison {
  readonly isSame: boolean;
  /** Names of all members below `dest`. */
  readonly names: readonly string[];
  /** Names of those that are missing or differ. */
  readonly missing: readonly string[];
  /** The members that are there, for mode and owner. */
  readonly entries: readonly Entry[];
}

/** Options that give members other names than the listing shows, beside --strip-components. */
const RENAMING = /^--(transform|xform|one-top-level|absolute-names)\b|^-P/;

const STAT_SCRIPT = `for name; do stat -c '${STAT_FORMAT}' -- "$name" 2>/dev/null || echo; done`;

/** GNU tar takes a backslash in a name or folder for an escape, unless it is told not to. */
const TAR_SCRIPT = `
LC_ALL=C TZ=UTC; export LC_ALL TZ
case $(tar --version 2>/dev/null) in *GNU*) set -- --no-unquote "$@" ;; esac
exec tar "$@"`;

/** tar with these words, which it takes as they are; it speaks English, and in UTC. */
export function tarCommand(words: readonly string[]): string[] {
  return ["/bin/sh", "-c", TAR_SCRIPT, "sh", ...words];
}

/** Two round trips. @throws TaskFailure when tar cannot read the archive */
export async function compareArchive(
  context: Pick<TaskContext, "host" | "signal">,
  archive: Archive,
  { dest, extra_opts: extra }: { readonly dest: string; readonly extra_opts: readonly string[] },
): Promise<Comparison> {
  const listed = await list(context, archive);
  const members = extra.some((it) => RENAMING.test(it))
    ? undefined
    : listed && strip(listed, extra);
  if (members === undefined) return { isSame: false, names: [], missing: [], entries: [] };
  const named = members.filter((it) => it.name !== "" && it.name !== ".");
  const stats = await look(
    context,
    named.map((it) => path.posix.join(dest, it.name)),
  );
  const missing = named.filter((it, index) => !isExtracted(it, stats[index] ?? ""));
  return {
    isSame: missing.length === 0,
    names: named.map((it) => it.name),
    missing: missing.map((it) => it.name),
    entries: named.flatMap(({ name }, index) => {
      const stat = stats[index] ?? "";
      return stat === ""
        ? []
        : [{ name: path.posix.join(dest, name), stat: parseStat(`${stat}\n`) }];
    }),
  };
}

async function list(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  { options, include, stdin }: Archive,
): Promise<Member[] | undefined> {
  const argv = tarCommand(["-tv", ...options, ...include]);
  const { code, stdout, stderr } = await host.query(
    { argv, ...(stdin ? { stdin } : {}) },
    { signal },
  );
  if (code !== 0) throw new TaskFailure(`failed to read the archive: ${stderr.trim()}`);
  return parseListing(stdout);
}

/** What `--strip-components` leaves of the names; members that lose all of theirs are not unpacked. */
function strip(members: readonly Member[], options: readonly string[]): Member[] {
  const given = options.join(" ");
  const count = Number(/--strip(?:-components)?[= ](\d+)/.exec(given)?.[1] ?? 0);
  return members.flatMap((it) => {
    const name = it.name.split("/").slice(count).join("/");
    return count > 0 && name === "" ? [] : [{ ...it, name }];
  });
}

/** A line for each path; an empty one for what is not there. */
async function look(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return [];
  const argv = ["xargs", "-0", "/bin/sh", "-c", STAT_SCRIPT, "sh"];
  const stdin = paths.map((it) => `${it}\0`).join("");
  const { stdout } = await host.query({ argv, stdin }, { signal });
  return stdout.split("\n");
}
