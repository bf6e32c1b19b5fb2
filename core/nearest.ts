/** "Did you mean": the nearest allowed word, or none when nothing is near. Pure. */

/**
 * The nearest of the allowed words by edit distance (a swap of two neighbours counts one).
 * @returns undefined when the best is further away than a third of the word, at least one
 */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const word of allowed) {
    const distance = editDistance(given.toLowerCase(), word.toLowerCase());
    if (distance <= limit && (!best || distance < best.distance)) best = { word, distance };
  }
  return best?.word;
}

/** Optimal string alignment distance. */
export function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) row.push(cell(rows, row, left, right, i, j));
    rows.push(row);
  }
  return rows[left.length]?.[right.length] ?? 0;
}

function cell(
  rows: readonly (readonly number[])[],
  row: readonly number[],
  left: string,
  right: string,
  i: number,
  j: number,
): number {
  const above = rows[i - 1] ?? [];
  const same = left[i - 1] === right[j - 1];
  const best = Math.min(
    (above[j] ?? 0) + 1,
    (row[j - 1] ?? 0) + 1,
    (above[j - 1] ?? 0) + (same ? 0 : 1),
  );
  const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
  return swapped ? Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1) : best;
}
