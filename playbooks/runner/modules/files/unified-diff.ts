/** Unified diffs of small texts, by Myers' algorithm. Pure. */

/** One text before and after. */
export interface DiffInput {
  /** Shown in the two first lines. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

interface Edit {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** Lines shown around a change. */
const CONTEXT = 3;
/** Beyond so many lines a diff is of no use to a reader, and its search takes long. */
const MAX_LINES = 4_000;

/** @returns the diff; empty when both are equal; one line for what cannot be shown */
export function unifiedDiff({ path, before, after }: DiffInput): string {
  if (before === after) return "";
  const [a, b] = [splitLines(before), splitLines(after)];
  if ((before + after).includes("\0")) return `binary file ${path} differs`;
  if (a.length + b.length > MAX_LINES) return `${path} differs (too long to show)`;
  const edits = editScript(a, b);
  return [`--- ${path}`, `+++ ${path}`, ...hunks(edits)].join("\n");
}

function splitLines(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push(`${lines.pop() ?? ""}\n\\ No newline at end of file`);
  return lines;
}

/** The shortest way from a to b: common ends are cut off first, since most changes are small. */
function editScript(a: readonly string[], b: readonly string[]): Edit[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const same = (line: string): Edit => ({ sign: " ", line });
  return [
    ...a.slice(0, head).map(same),
    ...shortestEdits(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function shortestEdits(a: readonly string[], b: readonly string[]): Edit[] {
  const traces: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  for (let depth = 0; depth <= a.length + b.length; depth += 1) {
    traces.push(new Map(reach));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      let x = startOf(reach, depth, diagonal).x;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, traces);
    }
  }
  return [];
}

/** Where a path of this depth enters a diagonal, and from which diagonal it comes. */
function startOf(
  reach: ReadonlyMap<number, number>,
  depth: number,
  diagonal: number,
): { readonly x: number; readonly from: number } {
  const [above = -1, left = -1] = [reach.get(diagonal + 1), reach.get(diagonal - 1)];
  const down = diagonal === -depth || (diagonal !== depth && left < above);
  return down ? { x: above, from: diagonal + 1 } : { x: left + 1, from: diagonal - 1 };
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  traces: readonly Map<number, number>[],
): Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [a.length, b.length];
  for (let depth = traces.length - 1; depth >= 0; depth -= 1) {
    const reach = traces[depth] ?? new Map<number, number>();
    const { from } = startOf(reach, depth, x - y);
    const [fromX, fromY] = [reach.get(from) ?? 0, (reach.get(from) ?? 0) - from];
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      edits.push({ sign: " ", line: a[x] ?? "" });
    }
    if (depth === 0) break;
    if (x === fromX) edits.push({ sign: "+", line: b[fromY] ?? "" });
    else edits.push({ sign: "-", line: a[fromX] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return edits.reverse();
}

function hunks(edits: readonly Edit[]): string[] {
  const near = (index: number): boolean =>
    edits.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((it) => it.sign !== " ");
  const lines: string[] = [];
  let [oldLine, newLine, start] = [1, 1, -1];
  edits.forEach((edit, index) => {
    if (near(index) && start < 0) {
      start = index;
      let end = index;
      while (end < edits.length && near(end)) end += 1;
      const shown = edits.slice(index, end);
      lines.push(`@@ -${range(oldLine, shown, "+")} +${range(newLine, shown, "-")} @@`);
    }
    if (near(index)) lines.push(edit.sign + edit.line);
    else start = -1;
    if (edit.sign !== "+") oldLine += 1;
    if (edit.sign !== "-") newLine += 1;
  });
  return lines;
}

function range(line: number, shown: readonly Edit[], without: string): string {
  const count = shown.filter((it) => it.sign !== without).length;
  const first = count === 0 ? line - 1 : line;
  return count === 1 ? `${first}` : `${first},${count}`;
}
