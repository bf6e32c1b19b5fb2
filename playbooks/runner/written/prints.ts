/**
 * What files on a host look like, in one short text a path: type, mode, owner, and a piece of the content's digest. Of files
 * that may hold a secret the time of the last change stands for the content, since a digest would let the secret be guessed.
 * One command tells of all paths, and only reads.
 */
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import type { Become, Host } from "../host";
import { isConnectionFault } from "../transport/connection-fault";

/** Files that a host's tasks wrote as one user. */
export interface WrittenFiles {
  /** Whom the tasks became. @default - nobody else */
  readonly become?: Omit<Become, "password">;
  /** Prints by absolute path. */
  readonly files: Readonly<Record<string, string>>;
}

/** How content is told. */
export type PrintKind = "content" | "time";

/** Where there is nothing. */
const ABSENT = "absent";
/** The user may not look. */
export const UNREADABLE = "unreadable";

const DIGITS = 16;
const REGULAR = "8";

/** Lines in: a letter for the kind, and a path. Lines out, in the same order: `MODE OWNER:GROUP TIME DIGEST LINK`. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
while IFS= read -r line; do
  path=\${line#?} link= sum=-
  [ ! -L "$path" ] || link=$(readlink -- "$path")
  if stat=$(stat -L -c '%f %u:%g %Y' -- "$path" 2>&1); then
    case $line in
      c*) if [ -f "$path" ]; then sum=$(sha256sum < "$path" 2>/dev/null) || sum=?; fi ;;
    esac
    printf '%s %s %s\\n' "$stat" "\${sum%% *}" "$link"
  else
    case $stat in *denied*) echo ${UNREADABLE} ;; *) echo ${ABSENT} ;; esac
  fi
done
`;

/** Whether a path can be looked at: absolute, and one line. */
export function isLookable(path: string): boolean {
  return path.startsWith("/") && !/[\n\r\0]/.test(path);
}

/**
 * Prints of paths, by one command. Whoever may not become the user finds all of them unreadable.
 * @param host - as the user who wrote them
 * @throws OuterFault when the connection fails
 */
export async function printFiles(
  host: Host,
  paths: ReadonlyMap<string, PrintKind>,
  options: CallOptions,
): Promise<Readonly<Record<string, string>>> {
  const entries = [...paths];
  const stdin = entries.map(([path, kind]) => `${kind[0] ?? "c"}${path}\n`).join("");
  const lines = await ask(host, stdin, options);
  return Object.fromEntries(
    entries.map(([path, kind], n) => [path, printOf(lines[n] ?? UNREADABLE, kind)] as const),
  );
}

/** The kind that a print was made with. */
export function kindOfPrint(print: string): PrintKind {
  const [, , , content] = fieldsOf(print);
  return content.startsWith("@") ? "time" : "content";
}

/** What differs, in words; undefined when nothing does, or when it cannot be told. */
export function differenceOf(was: string, is: string): string | undefined {
  if (was === is || is === UNREADABLE) return undefined;
  if (is === ABSENT) return "is gone";
  if (was === ABSENT) return "is there again";
  const [type, mode, owner, content, link] = fieldsOf(was);
  const now = fieldsOf(is);
  if (type !== now[0]) return "is something else";
  const words = [
    ...(content === now[3] || now[3] === "?" ? [] : ["content"]),
    ...(mode === now[1] ? [] : [`mode ${mode} → ${now[1]}`]),
    ...(owner === now[2] ? [] : [`owner ${owner} → ${now[2]}`]),
    ...(link === now[4] ? [] : ["link"]),
  ];
  return words.length === 0 ? undefined : words.join(", ");
}

async function ask(host: Host, stdin: string, options: CallOptions): Promise<readonly string[]> {
  try {
    const { stdout, truncated } = await host.query({ script: SCRIPT, stdin }, options);
    return truncated ? [] : stdout.split("\n");
  } catch (error) {
    const isRefused = error instanceof OuterFault && !isConnectionFault(error);
    if (options.signal?.aborted === true || !isRefused) throw error;
    return [];
  }
}

/** `MODE OWNER CONTENT[ LINK]` behind the type's digit. */
function printOf(line: string, kind: PrintKind): string {
  const [hex = "", owner = "", time = "", sum = "", ...link] = line.trimEnd().split(" ");
  if (hex === "" || hex === UNREADABLE) return UNREADABLE;
  if (hex === ABSENT) return ABSENT;
  const bits = Number.parseInt(hex, 16);
  const type = (bits >> 12).toString(16);
  const mode = (bits & 0o7777).toString(8).padStart(4, "0");
  const content = kind === "content" ? sum.slice(0, DIGITS) : type === REGULAR ? `@${time}` : "@";
  return [type, mode, owner, content, ...link].join(" ");
}

function fieldsOf(print: string): readonly [string, string, string, string, string] {
  const [type = "", mode = "", owner = "", content = "", ...link] = print.split(" ");
  return [type, mode, owner, content, link.join(" ")];
}
