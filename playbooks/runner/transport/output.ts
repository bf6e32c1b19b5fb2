/** Collects a stream up to a limit; what comes beyond is drained and dropped, and with it the line that it cuts. */

/** Bytes kept of each of a command's streams, unless the caller says otherwise: 8 MiB. */
export const OUTPUT_LIMIT_BYTES = 8 * 1024 * 1024;
const LINE_END = 0x0a;

/** The kept part of one stream. */
export class Output {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  /** Whether anything was dropped. */
  truncated = false;

  /** @param limit - bytes to keep */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next chunk. */
  add(chunk: Buffer): void {
    const room = this.#limit - this.#size;
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.truncated ||= kept.length < chunk.length;
    if (kept.length === 0) return;
    this.#chunks.push(kept);
    this.#size += kept.length;
  }

  /**
   * All that was kept. Of a stream that was cut only whole lines, unless it has none: half a secret
   * would not be known for one, and be shown.
   */
  bytes(): Buffer {
    const all = Buffer.concat(this.#chunks);
    const end = this.truncated ? all.lastIndexOf(LINE_END) + 1 : 0;
    return end === 0 ? all : all.subarray(0, end);
  }
}
