/** Numbers in plain columns. Pure. */

/** Columns padded to their widest cell: the first to the left, the others, which are numbers, to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows
    .map((row) =>
      widths
        .map((width, at) => (at === 0 ? (row[at] ?? "").padEnd(width) : pad(row[at], width)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function pad(cell: string | undefined, width: number): string {
  return (cell ?? "").padStart(width);
}

/** Seconds with as many digits as can be trusted: `0.42`, `4.2`, `42.0`. */
export function formatSeconds(seconds: number): string {
  return seconds.toFixed(seconds < 1 ? 2 : 1);
}

/** How many times the floor something is: `1.4x`; a dash where there is no floor to compare with. */
export function formatRatio(value: number, floor: number | undefined): string {
  if (floor === undefined || floor <= 0) return "-";
  const ratio = value / floor;
  return `${ratio.toFixed(ratio < 10 ? 1 : 0)}x`;
}
