/**
 * What `tar -tv` prints, of GNU's tar or busybox's, and how it compares to files on the host. Texts hold a byte a character,
 * since names need not be UTF-8. Pure.
 */
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

/** What a line may mean, the likeliest first: an arrow may be a part of a name, and so may a backslash. */
export type Readings = readonly [Member, ...Member[]];

const KINDS: Readonly<Record<string, Member["kind"]>> = {
  "-": "file",
  d: "directory",
  l: "link",
  h: "hard",
};
const LINE =
  /^([-dlhbcps])\S{9}\S?\s+[^\s/]*\/\S+\s+(\d+(?:,\s*\d+)?)\s+(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s(.*)$/s;
/** More arrows than anybody's names have. */
const MOST_ARROWS = 8;

/** The members; `undefined` when a line cannot be read, so that nothing is concluded from it. */
export function parseListing(printed: string): Readings[] | undefined {
  const records: string[] = [];
  for (const line of printed.replace(/\n$/, "").split("\n")) {
    // busybox shows a line break in a name as one.
    if (LINE.test(line) || records.length === 0) records.push(line);
    else records.push(`${records.pop() ?? ""}\n${line}`);
  }
  if (printed === "") return [];
  const members = records.map(parseRecord);
  return members.every((it) => it !== undefined) ? members : undefined;
}

function parseRecord(record: string): Readings | undefined {
  const [, letter = "", size = "", date = "", time = "", rest = ""] = LINE.exec(record) ?? [];
  if (letter === "") return undefined;
  const details = {
    size: Number.parseInt(size, 10),
    minute: Math.floor(Date.parse(`${date}T${time}:00Z`) / 60_000),
  };
  const plain = { ...details, kind: KINDS[letter] ?? "other" };
  const readings = [
    ...splitsOf(rest, letter, details.size).map(([name, target]) => ({
      ...plain,
      ...{ name, target, kind: letter === "l" ? ("link" as const) : ("hard" as const) },
    })),
    ...(letter === "l" || letter === "h" ? [] : [{ ...plain, name: rest }]),
  ];
  const [first, ...others] = readings.flatMap((it) => [unescaped(it), it]).map(tidy);
  return first && [first, ...others];
}

/** busybox shows a hard link as an empty file with an arrow. */
function splitsOf(text: string, letter: string, size: number): [string, string][] {
  const arrow = letter === "l" || (letter === "-" && size === 0);
  if (!arrow && letter !== "h") return [];
  const sign = arrow ? " -> " : " link to ";
  const parts = text.split(sign);
  return parts
    .slice(1, MOST_ARROWS)
    .map((_, index) => [parts.slice(0, index + 1).join(sign), parts.slice(index + 1).join(sign)]);
}

function tidy(it: Member): Member {
  return { ...it, name: it.name.replace(/^(\.\/)+/, "").replace(/\/$/, "") };
}

/** GNU tar writes odd characters as in C. */
function unescaped(it: Member): Member {
  const { name, target } = it;
  return {
    ...it,
    name: unescape(name),
    ...(target === undefined ? {} : { target: unescape(target) }),
  };
}

function unescape(text: string): string {
  const plain: Readonly<Record<string, string>> = {
    ...{ a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\" },
  };
  return text.replaceAll(/\\(?:([0-7]{3})|([abfnrtv\\]))/g, (_, octal?: string, letter = "") =>
    octal === undefined
      ? (plain[letter as string] ?? "")
      : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** Whether what is on the host is what the archive holds. @param stat - a line of STAT_FORMAT; empty: nothing there */
export function isExtracted(member: Member, stat: string): boolean {
  if (stat === "") return false;
  const { type, size, modified } = parseStat(`${stat}\n`);
  if (member.kind === "directory") return type === "directory";
  if (member.kind === "link") return type === "link" && size === (member.target ?? "").length;
  if (member.kind !== "file") return true;
  return type === "file" && size === member.size && Math.floor(modified / 60) === member.minute;
}
