/** The lookup `csvfile`: a cell of the row whose first cell is the key. Pure. */
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import type { Named } from "../values";

/** @returns one value, or none. @throws TemplateFailure for a column that is no number */
export function csvCell(content: string, key: string, options: Named): unknown[] {
  const given = options.delimiter === undefined ? "TAB" : pythonStr(options.delimiter);
  const delimiter = given === "TAB" || given === "t" ? "\t" : given;
  const column = Number(options.col ?? 1);
  if (!Number.isInteger(column) || column < 0) {
    throw new TemplateFailure("other", "the lookup csvfile: col is the number of a column, from 0");
  }
  const row = rowsOf(content, delimiter).find(([first]) => first === key);
  const cell = row?.[column];
  if (cell !== undefined) return [cell];
  return options.default === undefined ? [] : [options.default];
}

function rowsOf(content: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < content.length; at += 1) {
    const letter = content.charAt(at);
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (content[at + 1] === '"') cell += content.charAt((at += 1));
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === delimiter || letter === "\n") {
      rows.at(-1)?.push(cell.replace(/\r$/, ""));
      cell = "";
      if (letter === "\n") rows.push([]);
    } else cell += letter;
  }
  rows.at(-1)?.push(cell);
  return rows;
}
