/**
 * An append-only file of JSON lines that survives kill -9 and a torn last write. One line is one
 * batch: everything appended in the same turn of the event loop is kept whole or not at all.
 * Knows nothing of what it keeps.
 */
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import { OuterFault } from "../../core/faults";

/** What a {@link Journal} needs to know of its user. */
export interface JournalOptions {
  /**
   * Takes an entry of the file in, in their order; whoever throws refuses the file, which is left as it is.
   * @param place - file and line
   */
  readonly load: (entry: unknown, place: string) => void;
  /** Everything that is live, for compaction; applied entries may be repeated. */
  readonly snapshot: () => readonly unknown[];
  /** Size in bytes from which a journal is compacted. @default 8 MiB */
  readonly compactAboveBytes?: number;
}

const DEFAULT_COMPACT_ABOVE = 8 * 1024 * 1024;

/** See the module's header. */
export class Journal {
  readonly #file: string;
  readonly #options: JournalOptions;
  #handle: FileHandle;
  #size: number;
  /** Size after the last compaction: the next one waits until the file has doubled. */
  #floor = 0;
  #pending: unknown[] = [];
  #scheduled = false;
  #tail: Promise<void> = Promise.resolve();

  private constructor(file: string, handle: FileHandle, size: number, options: JournalOptions) {
    this.#file = file;
    this.#handle = handle;
    this.#size = size;
    this.#options = options;
  }

  /**
   * Opens or makes the file and reads it. A torn tail is cut off: nobody was told that it is safe.
   * @throws OuterFault AS2410 for a damaged line before it; what `load` throws
   */
  static async open(file: string, options: JournalOptions): Promise<Journal> {
    const handle = await open(file, "a+", 0o600);
    try {
      const content = await handle.readFile();
      const length = content.lastIndexOf(0x0a) + 1;
      const lines = content.toString("utf8", 0, length).split("\n").slice(0, -1);
      for (const [index, line] of lines.entries()) {
        const place = `${file}:${index + 1}`;
        for (const entry of parseLine(line, place)) options.load(entry, place);
      }
      if (length < content.length) await handle.truncate(length);
      return new Journal(file, handle, length, options);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Adds an entry; it is on disk when a later {@link flushed} has resolved. */
  append(entry: unknown): void {
    this.#pending.push(entry);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#tail = this.#tail.then(() => this.#drain());
    // Whoever awaits flushed() sees the failure; nobody else must be brought down by it.
    this.#tail.catch(() => undefined);
  }

  /**
   * Resolves when all that was appended so far is on disk.
   * @throws the file system's error, from the first failed write on
   */
  flushed(): Promise<void> {
    return this.#tail;
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    try {
      await this.#tail;
    } finally {
      await this.#handle.close();
    }
  }

  async #drain(): Promise<void> {
    this.#scheduled = false;
    const line = Buffer.from(`${JSON.stringify(this.#pending)}\n`);
    this.#pending = [];
    await this.#handle.appendFile(line);
    await this.#handle.datasync();
    this.#size += line.length;
    const limit = this.#options.compactAboveBytes ?? DEFAULT_COMPACT_ABOVE;
    if (this.#size > Math.max(limit, 2 * this.#floor)) await this.#compact();
  }

  /** Replaces the file by one that holds only what is live; a crash leaves the old or the new one. */
  async #compact(): Promise<void> {
    const fresh = `${this.#file}.new`;
    const text = Buffer.from(`${JSON.stringify(this.#options.snapshot())}\n`);
    const handle = await open(fresh, "w", 0o600);
    await handle.writeFile(text);
    await handle.datasync();
    await handle.close();
    await rename(fresh, this.#file);
    await syncFolder(path.dirname(this.#file));
    await this.#handle.close();
    this.#handle = await open(this.#file, "a", 0o600);
    this.#size = text.length;
    this.#floor = text.length;
  }
}

/** The fault of a line, or a part of one, that is not what the lab wrote. */
export function damage(place: string): OuterFault {
  const problem = `the lab's state is damaged: ${place} is not what the lab wrote`;
  return new OuterFault("AS2410", { problem });
}

function parseLine(line: string, place: string): unknown[] {
  const batch = tryParse(line);
  if (!Array.isArray(batch)) throw damage(place);
  return batch;
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
