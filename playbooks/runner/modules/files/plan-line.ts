/** Where a line goes in a file: the rules of `lineinfile`, on lines that keep their ends. Pure. */
import { withoutLastLineEnds } from "../../../../core/line-ends";
import { expandMatch, pythonRegex } from "../args/python-regex";

/** The parsed arguments that decide. */
export interface LineWish {
  readonly line?: string | undefined;
  readonly regexp?: string | undefined;
  readonly search_string?: string | undefined;
  readonly backrefs: boolean;
  readonly insertafter?: string | undefined;
  readonly insertbefore?: string | undefined;
  readonly firstmatch: boolean;
}

/** The lines afterwards, and Ansible's words for what was done; empty when nothing was. */
export interface LinePlan {
  readonly lines: readonly string[];
  readonly message: string;
}

interface Found {
  readonly index: number;
  readonly match?: RegExpExecArray | undefined;
}

/** Lines with their ends. */
export function splitKeepingEnds(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** `state: present`. */
export function planPresent(lines: readonly string[], wish: LineWish): LinePlan {
  const line = wish.line ?? "";
  const matched = findMatch(lines, wish);
  if (matched !== undefined) return replaceAt(lines, matched, wish);
  if (lines.some((it) => withoutLastLineEnds(it) === line)) return unchanged(lines);
  if (wish.backrefs) return unchanged(lines);
  const { insertafter: after, insertbefore: before } = wish;
  if (before === "BOF" || after === "BOF") return insertAt(lines, 0, line);
  const anchor = findAnchor(lines, wish);
  if (anchor === undefined) return insertAt(lines, lines.length, line);
  return insertAt(lines, before === undefined ? anchor + 1 : anchor, line);
}

/** `state: absent`. */
export function planAbsent(lines: readonly string[], wish: LineWish): LinePlan {
  const pattern = wish.regexp === undefined ? undefined : pythonRegex(wish.regexp);
  const goes = (it: string): boolean => {
    if (pattern !== undefined) return pattern.test(it);
    if (wish.search_string !== undefined) return it.includes(wish.search_string);
    return withoutLastLineEnds(it) === wish.line;
  };
  const left = lines.filter((it) => !goes(it));
  const removed = lines.length - left.length;
  return { lines: left, message: removed === 0 ? "" : `${removed} line(s) removed` };
}

function findMatch(lines: readonly string[], wish: LineWish): Found | undefined {
  const found: Found[] = [];
  const pattern = wish.regexp === undefined ? undefined : pythonRegex(wish.regexp);
  lines.forEach((it, index) => {
    const match = pattern?.exec(it);
    if (match) found.push({ index, match });
    else if (wish.search_string !== undefined && it.includes(wish.search_string))
      found.push({ index });
  });
  return wish.firstmatch ? found[0] : found.at(-1);
}

/** The line that `insertafter` or `insertbefore` names; undefined means the end of the file. */
function findAnchor(lines: readonly string[], wish: LineWish): number | undefined {
  const source = wish.insertafter ?? wish.insertbefore;
  if (source === undefined || source === "EOF") return undefined;
  const pattern = pythonRegex(source);
  const hits = lines.flatMap((it, index) => (pattern.test(it) ? [index] : []));
  return wish.firstmatch ? hits[0] : hits.at(-1);
}

function replaceAt(lines: readonly string[], { index, match }: Found, wish: LineWish): LinePlan {
  const template = wish.line ?? "";
  const expanded = wish.backrefs && match ? expandMatch(template, match) : template;
  const line = expanded.endsWith("\n") ? expanded : `${expanded}\n`;
  if (lines[index] === line) return unchanged(lines);
  return { lines: lines.with(index, line), message: "line replaced" };
}

function insertAt(lines: readonly string[], index: number, line: string): LinePlan {
  const whole = lines.map((it, at) => (at === index - 1 && !it.endsWith("\n") ? `${it}\n` : it));
  return { lines: whole.toSpliced(index, 0, `${line}\n`), message: "line added" };
}

function unchanged(lines: readonly string[]): LinePlan {
  return { lines, message: "" };
}
