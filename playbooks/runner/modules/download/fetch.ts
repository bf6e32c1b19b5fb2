/** Downloads on the host: to a file, or just to look. */
import type { TaskContext } from "../../module";
import { PLACE_FUNCTION } from "../../transport/file-scripts";
import { TaskFailure } from "../task-failure";
import type { WantedChecksum } from "./checksum";
import { FETCH_FUNCTION } from "./fetch-script";

/** What to download and how. */
export interface FetchArgs {
  readonly url: string;
  /** One a line. */
  readonly headers: string;
  /** Seconds without data. */
  readonly timeout: string;
  /** `yes`, or empty to check certificates. */
  readonly insecure: string;
}

/** Where it goes. */
export interface Placement {
  readonly dest: string;
  /** Octal; empty: as before. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly wanted: WantedChecksum | undefined;
}

type Access = Pick<TaskContext, "host" | "signal">;

const HEAD = `
LC_ALL=C; export LC_ALL
${FETCH_FUNCTION}
headers=$2 timeout=$3 insecure=$4`;

/** $1 to $4: what to fetch; $5: target; $6 to $8: mode, owner, group; $9: sum program; $10: expected sum. */
const DOWNLOAD_SCRIPT = `${HEAD}
${PLACE_FUNCTION}
beside "$5" || exit 1
fetch "$1" "$temp" || exit 1
if [ -n "\${10}" ]; then
  sum=$("$9" < "$temp") || exit 1
  [ "\${sum%% *}" = "\${10}" ] || {
    echo "the checksum of the download is \${sum%% *}, expected \${10}" >&2
    exit 1
  }
fi
if [ -f "$5" ] && cmp -s "$temp" "$5"; then echo same; else echo changed; fi
place "$temp" "$5" "$6" "$7" "$8"`;

/**
 * Downloads beside the target, checks, and puts the file in place.
 * @returns whether the content is another one
 * @throws TaskFailure when the download or its checksum fails; the target is as it was
 */
export async function download(
  context: Access,
  args: FetchArgs,
  place: Placement,
): Promise<boolean> {
  const { dest, mode, owner, group, wanted } = place;
  const sum = wanted === undefined ? ["", ""] : [`${wanted.algorithm}sum`, wanted.value];
  const words = [...fetchWords(args), dest, mode, owner, group, ...sum];
  const argv = ["/bin/sh", "-c", DOWNLOAD_SCRIPT, "sh", ...words];
  const { code, stdout, stderr } = await context.host.change({ argv }, context);
  if (code !== 0)
    throw new TaskFailure(`request failed: ${stderr.trim()}`, { url: args.url, dest });
  return stdout.includes("changed");
}

/** The text at a URL. @throws TaskFailure */
export async function fetchText(context: Access, args: FetchArgs): Promise<string> {
  return ask(context, `${HEAD}\nfetch "$1" -`, fetchWords(args));
}

/** The digest of a file on the host, or of what a URL gives. @throws TaskFailure */
export async function askForDigest(
  context: Access,
  algorithm: string,
  source: string | FetchArgs,
): Promise<string> {
  const printed =
    typeof source === "string"
      ? await ask(context, '"$2" < "$1"', [source, `${algorithm}sum`])
      : await ask(context, `${HEAD}\nfetch "$1" - | "$5"`, [
          ...fetchWords(source),
          `${algorithm}sum`,
        ]);
  return printed.split(" ", 1)[0] ?? "";
}

function fetchWords({ url, headers, timeout, insecure }: FetchArgs): string[] {
  return [url, headers, timeout, insecure];
}

async function ask(
  { host, signal }: Access,
  script: string,
  args: readonly string[],
): Promise<string> {
  const argv = ["/bin/sh", "-c", script, "sh", ...args];
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`request failed: ${stderr.trim()}`);
  return stdout;
}
