/** Tables of runs on a terminal, each drawing over the one before. */
import { cutToColumns } from "../../core/columns";
import { headline, oneLine, runTable } from "./run-table";
import type { RunView } from "./run-view";

/** Size of a terminal; one that does not know its own says 0, or nothing. */
export interface ScreenSize {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

const USUAL = { columns: 80, rows: 24 };
/** A table with fewer rows would tell nothing of its tasks. */
const LEAST_ROWS = 8;
const CLEAR_ALL = "\u001b[2J\u001b[H";
const CLEAR_BELOW = "\u001b[J";

/** See the header. */
export class Screen {
  #height = 0;
  #columns = 0;
  #last = "";

  /** What to write so that the runs are shown; empty where nothing would change. */
  show(runs: readonly RunView[], size: ScreenSize, now: number): string {
    const columns = known(size.columns) ?? USUAL.columns;
    const rows = (known(size.rows) ?? USUAL.rows) - 1;
    const lines = layOut(runs, { columns, rows }, now).slice(0, rows);
    const text = lines.map((it) => `${it}\n`).join("");
    if (text === this.#last && columns === this.#columns) return "";
    // Lines that were as wide as the terminal take more of them once it is narrower.
    const isNarrower = columns < this.#columns;
    const back = this.#height === 0 ? "" : `\u001b[${this.#height}A`;
    this.#columns = columns;
    this.#height = lines.length;
    this.#last = text;
    return `${isNarrower ? CLEAR_ALL : `${back}\r${CLEAR_BELOW}`}${text}`;
  }
}

function known(count: number | undefined): number | undefined {
  return count === 0 ? undefined : count;
}

/** A table each where there is room; else the last one has all that the others, in a line each, leave. */
function layOut(
  runs: readonly RunView[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
  now: number,
): string[] {
  const each = Math.floor(rows / Math.max(1, runs.length));
  if (each >= LEAST_ROWS || runs.length <= 1) {
    return runs.flatMap((it) => runTable(it, { columns, rows: each }, now));
  }
  const before = runs.slice(0, -1).slice(Math.min(-1, LEAST_ROWS - rows));
  return [
    ...before.map((it) => cutToColumns(oneLine(headline(it, now)), columns)),
    ...runs.slice(-1).flatMap((it) => runTable(it, { columns, rows: rows - before.length }, now)),
  ];
}
