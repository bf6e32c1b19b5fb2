/** Is an archive unpacked already? Its listing is compared with the files on the host; nothing is unpacked for it. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { STAT_FORMAT } from "../../transport/file-scripts";
import { parseStat } from "../../transport/parse-stat";
import type { Entry } from "../files/plan-recursive";
import { TaskFailure } from "../task-failure";
import { isExtracted, parseListing, type Member, type Readings } from "./listing";

/** How tar reads the archive. */
export interface Archive {
  /** What Ansible calls its format's handler. */
  readonly handler: string;
  readonly options: readonly string[];
  /** Members to unpack; empty: all. */
  readonly include: readonly string[];
  /** The archive itself when it travels. */
  readonly stdin?: Buffer;
}

/** What is there of the archive. */
export interface Comparison {
  /** Undefined: the listing tells nothing. */
  readonly isSame: boolean | undefined;
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

/** Runs tar with its words. GNU tar takes a backslash in a name or folder for an escape, unless it is told not to. */
export const TAR_SCRIPT = `
LC_ALL=C TZ=UTC; export LC_ALL TZ
case $(tar --version 2>/dev/null) in *GNU*) set -- --no-unquote "$@" ;; esac
exec tar "$@"`;

/** Stands at the end of the errors when tar failed. */
const FAILED = "armstead: not read";

/** So that names come as the bytes that they are. $1…: words of tar. */
const LIST_SCRIPT = `
failed() { echo '${FAILED}' >&2; }
{ /bin/sh -c "$0" sh "$@" || failed; } | base64`;

/** Two round trips. @throws TaskFailure when tar cannot read the archive */
export async function compareArchive(
  context: Pick<TaskContext, "host" | "signal">,
  archive: Archive,
  { dest, extra_opts: extra }: { readonly dest: string; readonly extra_opts: readonly string[] },
): Promise<Comparison> {
  const listed = await list(context, archive);
  const stripped = extra.some((it) => RENAMING.test(it))
    ? undefined
    : listed && strip(listed, extra);
  if (stripped === undefined) return { isSame: undefined, names: [], missing: [], entries: [] };
  const named = stripped.filter(([{ name }]) => name !== "" && name !== ".");
  const readings = named.flat();
  const paths = readings.map((it) => path.posix.join(toBytes(dest), it.name));
  const stats = await look(context, paths);
  const found = new Map(readings.map((it, index) => [it, stats[index] ?? ""]));
  const stat = (it: Member): string => found.get(it) ?? "";
  const missing = named.filter((it) => !it.some((one) => isExtracted(one, stat(one))));
  const there = named.flatMap((it) => {
    const one = it.find((reading) => isExtracted(reading, stat(reading)));
    return one ?? it.find((reading) => stat(reading) !== "") ?? [];
  });
  return {
    isSame: missing.length === 0,
    names: named.map(([it]) => toText(it.name)),
    missing: missing.map(([it]) => toText(it.name)),
    entries: there.map((it) => ({
      name: path.posix.join(dest, toText(it.name)),
      stat: parseStat(`${stat(it)}\n`),
    })),
  };
}

async function list(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  { options, include, stdin }: Archive,
): Promise<Readings[] | undefined> {
  const argv = ["/bin/sh", "-c", LIST_SCRIPT, TAR_SCRIPT, "-tv", ...options, ...include];
  const { stdout, stderr, truncated } = await host.query(
    { argv, ...(stdin ? { stdin } : {}) },
    { signal },
  );
  if (stderr.includes(FAILED)) {
    const said = stderr.replaceAll(FAILED, "").trim();
    throw new TaskFailure(`failed to read the archive: ${said}`);
  }
  return truncated ? undefined : parseListing(Buffer.from(stdout, "base64").toString("latin1"));
}

/** What `--strip-components` leaves of the names; members that lose all of theirs are not unpacked. */
function strip(members: readonly Readings[], options: readonly string[]): Readings[] {
  const given = options.join(" ");
  const count = Number(/--strip(?:-components)?[= ](\d+)/.exec(given)?.[1] ?? 0);
  const shorten = (it: Member): Member => ({
    ...it,
    name: it.name.split("/").slice(count).join("/"),
  });
  return members.flatMap(([first, ...others]): Readings[] => {
    const it = shorten(first);
    return count > 0 && it.name === "" ? [] : [[it, ...others.map(shorten)]];
  });
}

/** A line for each path; an empty one for what is not there. */
async function look(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return [];
  const argv = ["xargs", "-0", "/bin/sh", "-c", STAT_SCRIPT, "sh"];
  const stdin = Buffer.from(paths.map((it) => `${it}\0`).join(""), "latin1");
  const { stdout } = await host.query({ argv, stdin }, { signal });
  return stdout.split("\n");
}

/** A text with a character for each byte of another one. */
function toBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function toText(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString();
}
