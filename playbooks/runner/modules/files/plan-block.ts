/** Where a marked block goes in a file: the rules of `blockinfile`, on lines that keep their ends. Pure. */
import { isMultiline, pythonRegex } from "../args/python-regex";
import { splitKeepingEnds } from "./plan-line";
import type { EditPlan } from "./edit-file";

/** The arguments that decide. */
export interface BlockWish {
  readonly block: string;
  readonly state: "present" | "absent";
  readonly marker: string;
  readonly marker_begin: string;
  readonly marker_end: string;
  readonly insertafter?: string | undefined;
  readonly insertbefore?: string | undefined;
  readonly append_newline: boolean;
  readonly prepend_newline: boolean;
}

/** The file afterwards. @param before - undefined when there is no file */
export function planBlock(before: string | undefined, wish: BlockWish): EditPlan {
  const lines = splitKeepingEnds(before ?? "");
  const [begin, end] = [wish.marker_begin, wish.marker_end].map(
    (it) => `${wish.marker.replaceAll("{mark}", () => it)}\n`,
  );
  const block = blockLines(wish);
  const added = block.length === 0 ? [] : [begin ?? "", ...block, end ?? ""];
  const [first, last] = [lines.lastIndexOf(begin ?? ""), lines.lastIndexOf(end ?? "")];
  const isThere = first >= 0 && last >= 0;
  const [from, to] = [Math.min(first, last), Math.max(first, last)];
  const rest = isThere ? lines.toSpliced(from, to - from + 1) : lines;
  const at = isThere ? from : placeOf(before ?? "", lines, wish);
  const text = insertAt(rest, { at, added, wish }).join("");
  return { text, message: messageOf(before, { text, isRemoval: added.length === 0 }) };
}

function blockLines({ block, state }: BlockWish): string[] {
  if (state === "absent" || block === "") return [];
  return splitKeepingEnds(block.endsWith("\n") ? block : `${block}\n`);
}

/** The index of the line that the block comes before. */
function placeOf(text: string, lines: readonly string[], wish: BlockWish): number {
  const { insertafter: after, insertbefore: before } = wish;
  const source = after ?? before;
  if (source === undefined || after === "EOF") return lines.length;
  if (after === undefined && before === "BOF") return 0;
  const line = isMultiline(source) ? lineOfMatch(text, source, wish) : lastLine(lines, source);
  if (line === undefined) return lines.length;
  return Math.min(after === undefined ? line : line + 1, lines.length);
}

function lastLine(lines: readonly string[], source: string): number | undefined {
  const pattern = pythonRegex(source);
  const found = lines.findLastIndex((it) => pattern.test(it));
  return found < 0 ? undefined : found;
}

/** With `(?m)` the first match counts: its end for `insertafter`, its start for `insertbefore`. */
function lineOfMatch(text: string, source: string, { insertafter }: BlockWish): number | undefined {
  const match = pythonRegex(source).exec(text);
  if (match === null) return undefined;
  const end = insertafter === undefined ? match.index : match.index + match[0].length;
  return text.slice(0, end).split("\n").length - 1;
}

interface Insertion {
  readonly at: number;
  readonly added: readonly string[];
  readonly wish: BlockWish;
}

function insertAt(lines: readonly string[], { at, added, wish }: Insertion): string[] {
  const before = lines.slice(0, at);
  const after = lines.slice(at);
  const last = before.at(-1);
  if (last !== undefined && !last.endsWith("\n")) before[before.length - 1] = `${last}\n`;
  const isPresent = wish.state === "present";
  if (isPresent && wish.prepend_newline && before.length > 0 && last !== "\n") before.push("\n");
  const [next] = after;
  const gap = isPresent && wish.append_newline && next !== undefined && next !== "\n" ? ["\n"] : [];
  return [...before, ...added, ...gap, ...after];
}

function messageOf(
  before: string | undefined,
  { text, isRemoval }: { readonly text: string; readonly isRemoval: boolean },
): string {
  if (before === text) return "";
  if (before === undefined) return "File created";
  return isRemoval ? "Block removed" : "Block inserted";
}
