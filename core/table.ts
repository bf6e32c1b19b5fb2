/** A table in plain text: columns padded to their widest cell, two spaces apart. Pure. */
import { columnsOf, padToColumns } from "./columns";

/**
 * @param head - titles of the columns
 * @param rows - cells; a missing one is empty
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...all.map((row) => columnsOf(row[column] ?? ""))),
  );
  return all
    .map((row) =>
      head
        .map((_, column) => padToColumns(row[column] ?? "", widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
