/** `contains` and `get_checksum` of `find`: what is in files, many of them in one round trip. */
import { TextDecoder } from "node:util";
import type { TaskContext } from "../../module";
import type { Entry } from "../files/plan-recursive";
import { pythonRegex } from "../args/python-regex";
import { TaskFailure } from "../task-failure";
import { matcher, matches } from "./criteria";

type Asking = Pick<TaskContext, "host" | "signal">;

/** What the content must match. */
export interface ContentWish {
  readonly contains: string;
  /** The whole content instead of its lines, and anywhere in it. */
  readonly read_whole_file: boolean;
  readonly encoding: string;
}

/** Bytes read at once; larger files are read one by one. */
const BATCH_BYTES = 4 * 1024 * 1024;
const SUMS = `for name; do sha1sum < "$name" 2>/dev/null || echo; done`;
const CONTENTS = `for name; do { base64 < "$name" | tr -d '\\n'; } 2>/dev/null; echo; done`;

/** SHA-1 by name; nothing for files that cannot be read. */
export async function checksums(
  context: Asking,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const names = entries.map((it) => it.name);
  const lines = await each(context, SUMS, names);
  return new Map(names.map((name, index) => [name, (lines[index] ?? "").slice(0, 40)]));
}

/** Those whose content matches; files that are no text in the encoding, or cannot be read, do not. */
export async function withContent(
  context: Asking,
  entries: readonly Entry[],
  wish: ContentWish,
): Promise<Entry[]> {
  const isWanted = contentFilter(wish);
  const kept: Entry[] = [];
  for (const batch of batchesOf(entries)) {
    const [first] = batch;
    const contents =
      batch.length === 1 && first ? [await context.host.readFile(first.name, context)] : [];
    const lines =
      contents.length > 0
        ? []
        : await each(
            context,
            CONTENTS,
            batch.map((it) => it.name),
          );
    batch.forEach((entry, index) => {
      const content = contents[index] ?? Buffer.from(lines[index] ?? "", "base64");
      if (isWanted(content)) kept.push(entry);
    });
  }
  return kept;
}

function contentFilter(wish: ContentWish): (content: Buffer) => boolean {
  const pattern = wish.read_whole_file ? pythonRegex(wish.contains) : matcher(wish.contains);
  const decode = decoderOf(wish.encoding);
  return (content) => {
    const text = decode(content)?.replaceAll(/\r\n?/g, "\n");
    if (text === undefined) return false;
    if (wish.read_whole_file) return matches(pattern, text);
    return text !== "" && text.split(/(?<=\n)/).some((it) => matches(pattern, it));
  };
}

function decoderOf(encoding: string): (content: Buffer) => string | undefined {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch {
    throw new TaskFailure(`the encoding ${encoding} is not known`);
  }
  return (content) => {
    try {
      return decoder.decode(content);
    } catch {
      return undefined;
    }
  };
}

function batchesOf(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let size = Infinity;
  for (const entry of entries) {
    if (size + entry.stat.size > BATCH_BYTES) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(entry);
    size += entry.stat.size;
  }
  return batches;
}

/** A line for each name, by a script over names. */
async function each(
  { host, signal }: Asking,
  script: string,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  const argv = ["xargs", "-0", "/bin/sh", "-c", script, "sh"];
  const stdin = names.map((it) => `${it}\0`).join("");
  const { stdout } = await host.query({ argv, stdin }, { signal });
  return stdout.split("\n");
}
