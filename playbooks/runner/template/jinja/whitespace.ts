/** What `-`, `+`, `trim_blocks` and `lstrip_blocks` do to the text around tags. Pure. */
import type { Segment } from "../../../model/template/tokens";
import type { ParseOptions } from "./token-reader";

const RAW = /^\{%([-+]?)\s*raw\s*([-+]?)%\}([\s\S]*?)\{%([-+]?)\s*endraw\s*([-+]?)%\}$/;

interface Edges {
  readonly before: string;
  readonly after: string;
}

/** Texts trimmed, raw blocks bare, comments gone. */
export function trimSegments(segments: readonly Segment[], options: ParseOptions): Segment[] {
  const { trimBlocks = true, lstripBlocks = false } = options;
  const edges = segments.map(edgesOf);
  return segments.flatMap((it, index): Segment[] => {
    if (it.kind === "comment") return [];
    if (it.kind === "raw") return [bareRaw(it)];
    if (it.kind !== "text") return [it];
    let text = it.source;
    const left = segments[index - 1];
    const right = segments[index + 1];
    const after = edges[index - 1]?.after ?? "";
    const before = edges[index + 1]?.before ?? "";
    if (after === "-") text = text.trimStart();
    else if (trimBlocks && after !== "+" && isBlock(left)) text = text.replace(/^\r?\n/, "");
    if (before === "-") text = text.trimEnd();
    else if (lstripBlocks && before !== "+" && isBlock(right)) {
      text = text.replace(left ? /(\n)[ \t]*$/ : /(^|\n)[ \t]*$/, "$1");
    }
    return [{ ...it, source: text }];
  });
}

function isBlock(segment: Segment | undefined): boolean {
  return segment !== undefined && segment.kind !== "text" && segment.kind !== "expression";
}

function edgesOf({ kind, source, open, close }: Segment): Edges {
  if (kind === "comment") {
    return { before: sign(source[2]), after: sign(source[source.length - 3]) };
  }
  if (kind === "raw") {
    const [, before = "", , , , after = ""] = RAW.exec(source) ?? [];
    return { before, after };
  }
  return { before: open.slice(2), after: close.slice(0, -2) };
}

function sign(text: string | undefined): string {
  return text === "-" || text === "+" ? text : "";
}

function bareRaw(segment: Segment): Segment {
  const [, , opening, text = "", closing] = RAW.exec(segment.source) ?? [];
  const left = opening === "-" ? text.trimStart() : text;
  return { ...segment, source: closing === "-" ? left.trimEnd() : left };
}
