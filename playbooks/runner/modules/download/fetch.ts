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
headers=$(cat) timeout=$2 insecure=$3`;

/**
 * $1 to $3: what to fetch; $4: target; $5 to $7: mode, owner, group; $8: sum program; $9: expected sum. Headers
 * are the input.
 */
const DOWNLOAD_SCRIPT = `${HEAD}
${PLACE_FUNCTION}
beside "$4" || exit 1
fetch "$1" "$temp" || exit 1
if [ -n "$9" ]; then
  sum=$("$8" < "$temp") || exit 1
  [ "\${sum%% *}" = "$9" ] || {
    echo "the checksum of the download is \${sum%% *}, expected $9" >&2
    exit 1
  }
fi
if [ -f "$4" ] && cmp -s "$temp" "$4"; then echo same; else echo changed; fi
place "$temp" "$4" "$5" "$6" "$7"`;

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
  const command = { argv, stdin: args.headers };
  const { code, stdout, stderr } = await context.host.change(command, context);
  if (code !== 0)
    throw new TaskFailure(`request failed: ${stderr.trim()}`, { url: args.url, dest });
  return stdout.includes("changed");
}

/** The text at a URL. @throws TaskFailure */
export async function fetchText(context: Access, args: FetchArgs): Promise<string> {
  return ask(context, { script: `${HEAD}\nfetch "$1" -`, words: fetchWords(args), ...args });
}

/** The digest of a file on the host, or of what a URL gives. @throws TaskFailure */
export async function askForDigest(
  context: Access,
  algorithm: string,
  source: string | FetchArgs,
): Promise<string> {
  const printed =
    typeof source === "string"
      ? await ask(context, { script: '"$2" < "$1"', words: [source, `${algorithm}sum`] })
      : await ask(context, {
          script: `${HEAD}\nfetch "$1" - | "$4"`,
          words: [...fetchWords(source), `${algorithm}sum`],
          headers: source.headers,
        });
  return printed.split(" ", 1)[0] ?? "";
}

function fetchWords({ url, timeout, insecure }: FetchArgs): string[] {
  return [url, timeout, insecure];
}

interface Question {
  readonly script: string;
  readonly words: readonly string[];
  readonly headers?: string;
}

async function ask(
  { host, signal }: Access,
  { script, words, headers = "" }: Question,
): Promise<string> {
  const argv = ["/bin/sh", "-c", script, "sh", ...words];
  const { code, stdout, stderr } = await host.query({ argv, stdin: headers }, { signal });
  if (code !== 0) throw new TaskFailure(`request failed: ${stderr.trim()}`);
  return stdout;
}
