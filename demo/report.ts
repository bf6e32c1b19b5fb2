/** What the demo prints at its end: the nodes with what was proved, and where the time went. Pure. */
import { formatDuration } from "../core/duration";
import { formatTable } from "../core/table";
import type { ProvedNode } from "./deploy";
import type { Phase } from "./phases";

const CHECKED_WIDTH = 66;

/** The table of nodes. */
export function nodeReport(proved: readonly ProvedNode[]): string {
  const rows = proved.flatMap(({ node, kernel, proofs, seconds }) => {
    const [first = "", ...others] = inLines(proofs);
    const cells = [
      node.name,
      node.role,
      `${node.address}:${node.port}`,
      seconds?.toString() ?? "-",
    ];
    return [
      [...cells, kernel],
      ["", "", "", "", `checked: ${first}`],
      ...others.map((it) => ["", "", "", "", `         ${it}`]),
    ];
  });
  return formatTable(
    ["NODE", "ROLE", "ADDRESS", "SECONDS", "UNAME -RV AND WHAT WAS CHECKED"],
    rows,
  );
}

/** Words that belong together, as many to a line as fit beside the columns before it. */
function inLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const it of words) {
    const last = lines.at(-1);
    if (last === undefined || `${last}, ${it}`.length > CHECKED_WIDTH) lines.push(it);
    else lines[lines.length - 1] = `${last}, ${it}`;
  }
  return lines.map((it, index) => (index < lines.length - 1 ? `${it},` : it));
}

/** Where the time went. */
export function phaseReport(phases: readonly Phase[]): string {
  const total = phases.reduce((sum, it) => sum + it.milliseconds, 0);
  const width = Math.max(...phases.map(({ name }) => name.length), "total".length);
  const rows = [...phases, { name: "total", milliseconds: total }];
  return rows
    .map(
      ({ name, milliseconds }) =>
        `${name.padEnd(width)}  ${formatDuration(milliseconds).padStart(12)}`,
    )
    .join("\n");
}
