/** What is at a path: the thing itself, where it leads, and its checksum, in one round trip. */
import type { CallOptions } from "../../../../core/bounded";
import type { Host } from "../../host";
import { STAT_FORMAT } from "../../transport/file-scripts";
import { parseStat, type FullStat } from "../../transport/parse-stat";
import { TaskFailure } from "../task-failure";

/** What is at a path. */
export interface Inspected {
  /** The path itself; undefined where there is nothing. */
  readonly link: FullStat | undefined;
  /** Where it leads, if it is a link, else the same; undefined for a link to nothing. */
  readonly stat: FullStat | undefined;
  /** SHA-256 of a regular file. */
  readonly sha256: string | undefined;
}

const SCRIPT = `
LC_ALL=C; export LC_ALL
look() {
  if found=$(stat $2 -c '${STAT_FORMAT}' -- "$1" 2>&1); then echo "$found"; return; fi
  case $2$found in
    *'No such file'* | *'Not a directory'*) found=; echo ;;
    # Links that lead to each other lead nowhere.
    -L*'Too many levels'* | -L*'Symbolic link loop'*) found=; echo ;;
    *) echo "$found" >&2; exit 1 ;;
  esac
}
look "$1" ''
if [ -L "$1" ]; then look "$1" -L; else echo "$found"; fi
if [ -f "$1" ] && [ -n "$2" ]; then sha256sum < "$1" || exit 1; else echo; fi
if [ -L "$1" ]; then readlink -- "$1"; fi
exit 0
`;

/**
 * Looks at a path.
 * @throws TaskFailure when the host may not look
 */
export async function inspect(
  host: Host,
  path: string,
  { checksum = true, signal }: CallOptions & { readonly checksum?: boolean },
): Promise<Inspected> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", path, checksum ? "sum" : ""];
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`${path} cannot be read: ${stderr.trim()}`);
  const [link = "", stat = "", sum = ""] = stdout.split("\n");
  const target = stdout.split("\n").slice(3).join("\n");
  return {
    link: link === "" ? undefined : parseStat(`${link}\n${target}`),
    stat: stat === "" ? undefined : parseStat(`${stat}\n`),
    sha256: sum === "" ? undefined : sum.slice(0, 64),
  };
}
