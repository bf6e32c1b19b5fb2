/** What `tar -tv` prints, of GNU's tar or busybox's, and how it compares to files on the host. Pure. */
import { parseStat } from "../../transport/parse-stat";

/** One member of an archive. */
export interface Member {
  /** Without `./` at the start and without a slash at the end. */
  readonly name: string;
  readonly kind: "file" | "directory" | "link" | "hard" | "other";
  readonly size: number;
  /** Minutes since 1970, UTC: seconds are not shown by every tar. */
  readonly minute: number;
  /** Where a link leads. */
  readonly target?: string;
}

const KINDS: Readonly<Record<string, Member["kind"]>> = {
  "-": "file",
  d: "directory",
  l: "link",
  h: "hard",
};
const LINE =
  /^([-dlhbcps])\S{9}\S?\s+\S+\/\S+\s+(\d+(?:,\s*\d+)?)\s+(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s(.*)$/;

/** The members; `undefined` when a line cannot be read, so that nothing is concluded from it. */
export function parseListing(printed: string): Member[] | undefined {
  const members = printed
    .split("\n")
    .filter((it) => it !== "")
    .map(parseLine);
  return members.every((it) => it !== undefined) ? members : undefined;
}

function parseLine(line: string): Member | undefined {
  const [, letter = "", size = "", date = "", time = "", rest = ""] = LINE.exec(line) ?? [];
  if (letter === "") return undefined;
  // busybox shows a hard link as an empty file with an arrow; of other files an arrow is a part of the name.
  const arrow = letter === "l" || (letter === "-" && Number.parseInt(size, 10) === 0);
  const [name, target] = splitAt(rest, arrow ? " -> " : letter === "h" ? " link to " : undefined);
  const isHard = letter === "h" || (letter === "-" && target !== undefined);
  return {
    name: unescape(name)
      .replace(/^(\.\/)+/, "")
      .replace(/\/$/, ""),
    kind: isHard ? "hard" : (KINDS[letter] ?? "other"),
    size: Number.parseInt(size, 10),
    minute: Math.floor(Date.parse(`${date}T${time}:00Z`) / 60_000),
    ...(target === undefined ? {} : { target: unescape(target) }),
  };
}

/** Before and after the first sign; all of the text where there is none. */
function splitAt(text: string, sign: string | undefined): [string, string | undefined] {
  const at = sign === undefined ? -1 : text.indexOf(sign);
  return at < 0 || sign === undefined
    ? [text, undefined]
    : [text.slice(0, at), text.slice(at + sign.length)];
}

/** GNU tar writes odd characters as in C. */
function unescape(text: string): string {
  const plain = { n: "\n", t: "\t", r: "\r", "\\": "\\" } as const;
  if (!text.includes("\\")) return text;
  const bytes = text.replaceAll(
    /\\(?:([0-7]{3})|([ntr\\]))/g,
    (_, octal?: string, letter?: keyof typeof plain) =>
      octal === undefined ? plain[letter ?? "\\"] : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return /\\[0-7]{3}/.test(text) ? Buffer.from(bytes, "latin1").toString() : bytes;
}

/** Whether what is on the host is what the archive holds. @param stat - a line of STAT_FORMAT; empty: nothing there */
export function isExtracted(member: Member, stat: string): boolean {
  if (stat === "") return false;
  const { type, size, modified } = parseStat(`${stat}\n`);
  if (member.kind === "directory") return type === "directory";
  if (member.kind === "link")
    return type === "link" && size === Buffer.byteLength(member.target ?? "");
  if (member.kind !== "file") return true;
  return type === "file" && size === member.size && Math.floor(modified / 60) === member.minute;
}
