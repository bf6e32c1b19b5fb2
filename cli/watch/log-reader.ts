/** Reads what is new in run logs: whole lines only, of files that come, grow and are put aside. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { RUN_LOG_SUFFIX, type RunLogLine } from "../../playbooks/run-log";
import { toLogLine } from "./log-line";

const CHUNK_BYTES = 1024 * 1024;

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
    const handle = this.#tryOpen(file);
    if (handle === undefined) return [];
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

  /** A file may be gone a moment later, and in a folder there may be what is no log. */
  #tryOpen(file: string): number | undefined {
    try {
      // A pipe would be waited for.
      return statSync(file).isFile() ? openSync(file, "r") : undefined;
    } catch {
      return undefined;
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
  return whole
    .subarray(0, end)
    .toString("utf8")
    .split("\n")
    .flatMap((it) => toLogLine(it) ?? []);
}
