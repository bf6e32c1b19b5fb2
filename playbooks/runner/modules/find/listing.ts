/** What is below a folder of the host: names and stats of all, whatever is in the names. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { STAT_FORMAT } from "../../transport/file-scripts";
import { parseStat } from "../../transport/parse-stat";
import type { Entry } from "../files/plan-recursive";
import { TaskFailure } from "../task-failure";

/** Where to look. */
export interface Place {
  readonly path: string;
  /** Levels below the folder; undefined: all. */
  readonly depth: number | undefined;
  /** Go into folders that links lead to. */
  readonly follow: boolean;
}

/** What is there. */
export interface Listing {
  /** The host's time, seconds since 1970. */
  readonly now: number;
  readonly entries: readonly Entry[];
  /** Why not all was seen; undefined when it was. */
  readonly problem?: string;
}

/**
 * $1: folder; $2: -L or empty; $3: depth or empty. For every batch of names the stats, one a line, an
 * empty line for what is gone meanwhile; then the names, each with a NUL at its end.
 */
const SCRIPT = `
LC_ALL=C; export LC_ALL
date +%s
case $1 in -*) set -- "./$1" "$2" "$3" ;; esac
[ -d "$1" ] || { echo "'$1' is not a directory" >&2; exit 1; }
find $2 "$1/" -mindepth 1 \${3:+-maxdepth "$3"} -exec sh -c '
  stats=$(stat -c "$0" -- "$@" 2>/dev/null) ||
    stats=$(for name; do stat -c "$0" -- "$name" 2>/dev/null || echo -; done)
  printf "%s\\n\\0" "$stats"
  printf "%s\\0" "$@"
  printf "\\0"' '${STAT_FORMAT}' {} +`;

/** One round trip. @throws TaskFailure for more than can be listed */
export async function listBelow(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  place: Place,
): Promise<Listing> {
  const depth = place.depth === undefined ? "" : String(place.depth);
  const words = [place.path, place.follow ? "-L" : "", depth];
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", ...words];
  const { code, stdout, stderr, truncated } = await host.query({ argv }, { signal });
  if (truncated) throw new TaskFailure(`${place.path} holds too many files to list`);
  const end = stdout.indexOf("\n") + 1;
  const listing = { now: Number(stdout.slice(0, end)), entries: readBatches(stdout.slice(end)) };
  return code === 0 && stderr === ""
    ? listing
    : { ...listing, problem: stderr.trim() || `find ended with ${code}` };
}

function readBatches(text: string): Entry[] {
  return text
    .split("\0\0")
    .slice(0, -1)
    .flatMap((batch) => {
      const [stats = "", ...names] = batch.split("\0");
      const lines = stats.split("\n");
      return names.flatMap((name, index) => {
        const line = lines[index] ?? "-";
        return line === "-"
          ? []
          : [{ name: path.posix.normalize(name), stat: parseStat(`${line}\n`) }];
      });
    });
}
