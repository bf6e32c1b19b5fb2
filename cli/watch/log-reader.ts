/** Reads what is new in run logs: whole lines only, of files that come, grow and are put aside. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { RUN_LOG_SUFFIX, type RunLogLine } from "../../playbooks/run-log";

const CHUNK_BYTES = 1024 * 1024;
const EVENTS = ["run.start", "play.start", "host.connected", "task.end", "run.end"];

interface Place {
  inode: number;
  at: number;
  /** Bytes of a line that has not ended. */
  rest: Buffer;
}

/** See the header. */
export class LogReader {
  readonly #places = new Map<string, Place>();

  /** @param target - a file, or a folder of logs; it may come later */
  constructor(readonly target: string) {}

  /** Lines that came since the last call, by the order of their files' names. What is no event is left out. */
  read(): RunLogLine[] {
    return this.#files().flatMap((file) => this.#readFile(file));
  }

  #files(): string[] {
    const stat = statSync(this.target, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return stat ? [this.target] : [];
    const names = readdirSync(this.target).filter((it) => it.endsWith(RUN_LOG_SUFFIX));
    return names.sort().map((it) => path.join(this.target, it));
  }

  #readFile(file: string): RunLogLine[] {
    const handle = openSync(file, "r");
    try {
      const { ino, size } = fstatSync(handle);
      const place = this.#placeOf(file, ino, size);
      const lines: RunLogLine[] = [];
      while (place.at < size) {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - place.at));
        const count = readSync(handle, chunk, 0, chunk.length, place.at);
        if (count === 0) break;
        place.at += count;
        lines.push(...takeLines(place, chunk.subarray(0, count)));
      }
      return lines;
    } finally {
      closeSync(handle);
    }
  }

  /** A file that is another one, or became shorter, is read from its start. */
  #placeOf(file: string, inode: number, size: number): Place {
    const known = this.#places.get(file);
    if (known?.inode === inode && known.at <= size) return known;
    const fresh = { inode, at: 0, rest: Buffer.alloc(0) };
    this.#places.set(file, fresh);
    return fresh;
  }
}

function takeLines(place: Place, chunk: Buffer): RunLogLine[] {
  const whole = Buffer.concat([place.rest, chunk]);
  const end = whole.lastIndexOf(0x0a) + 1;
  place.rest = whole.subarray(end);
  return whole.subarray(0, end).toString("utf8").split("\n").flatMap(toEvent);
}

function toEvent(text: string): RunLogLine[] {
  try {
    const value: unknown = JSON.parse(text);
    return isLine(value) ? [value] : [];
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is RunLogLine {
  if (typeof value !== "object" || value === null) return false;
  const { event, name, run, at } = value as Readonly<Record<string, unknown>>;
  const named = typeof name === "string" && typeof run === "string" && typeof at === "number";
  return named && typeof event === "string" && EVENTS.includes(event);
}
