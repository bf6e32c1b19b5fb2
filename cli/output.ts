/**
 * What a command says: results to stdout, progress and faults to stderr. On a terminal progress
 * is one line that is written over; elsewhere it is plain lines. `--json` makes results JSON,
 * `--quiet` drops progress, `NO_COLOR` drops colours.
 */
import { styleText } from "node:util";
import { cutToColumns } from "../core/columns";
import { printable } from "../core/printable";

/** The least of a stream that is needed here. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
}

/** Switches that every command has. */
export interface OutputSwitches {
  readonly json: boolean;
  readonly quiet: boolean;
  /** False with `NO_COLOR`, or where stderr is no terminal. */
  readonly color: boolean;
  /** The terminal can write nothing over, as with `TERM=dumb`. @default false */
  readonly dumb?: boolean;
}

/** Words that can be marked. */
export type Tone = "good" | "bad" | "dim" | "strong";

const STYLES = { good: "green", bad: "red", dim: "dim", strong: "bold" } as const;
const CLEAR_LINE = "\r\u001b[2K";

/** See the header. */
export class Output {
  #transient = false;

  /**
   * @param out - results
   * @param err - progress and faults
   * @param switches - of the command line
   */
  constructor(
    readonly out: Stream,
    readonly err: Stream,
    readonly switches: OutputSwitches,
  ) {}

  /** Whether progress is one line that is written over. */
  get isLive(): boolean {
    return this.err.isTTY === true && this.switches.dumb !== true;
  }

  /** A result: the value as JSON with `--json`, else the text. */
  result(value: unknown, text: string): void {
    this.#settle();
    // JSON leaves some characters as they are that a terminal would obey.
    const json = (): string => printable(JSON.stringify(value, undefined, 2));
    this.out.write(`${this.switches.json ? json() : text}\n`);
  }

  /** What is going on now; the next one takes its place on a terminal. */
  progress(line: string): void {
    if (this.switches.quiet) return;
    if (this.isLive) {
      // A line that goes on in the next row of the screen could not be taken back.
      // Some terminals do not know their size, and say 0.
      const room = this.err.columns ? this.err.columns - 1 : Number.MAX_SAFE_INTEGER;
      this.err.write(`${CLEAR_LINE}${cutToColumns(line.replace(/\s+/g, " "), room)}`);
      this.#transient = true;
    } else {
      this.err.write(`${line}\n`);
    }
  }

  /** A line that stays. */
  note(line: string): void {
    if (this.switches.quiet) return;
    this.#settle();
    this.err.write(`${line}\n`);
  }

  /** A fault; said even with `--quiet`. */
  fault(line: string): void {
    this.#settle();
    this.err.write(`${this.mark(line, "bad")}\n`);
  }

  /** The text in a colour where colours are wanted. */
  mark(text: string, tone: Tone): string {
    if (!this.switches.color) return text;
    // It would ask whether stdout is a terminal, and this goes to stderr.
    return styleText(STYLES[tone], text, { validateStream: false });
  }

  #settle(): void {
    if (this.#transient) this.err.write(CLEAR_LINE);
    this.#transient = false;
  }
}
