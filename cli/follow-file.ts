/** Copies a file to a stream, and what is added to it later, until the signal says stop. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { sleep } from "../core/bounded";

const POLL_MILLISECONDS = 200;

/** With `follow` it ends by the signal only. */
export async function copyFile(
  file: string,
  out: NodeJS.WritableStream,
  { follow, signal }: { readonly follow: boolean; readonly signal: AbortSignal },
): Promise<void> {
  let at = 0;
  do {
    const size = existsSync(file) ? statSync(file).size : 0;
    // A file that became shorter was started anew.
    if (size < at) at = 0;
    if (size > at) {
      await pipeline(createReadStream(file, { start: at, end: size - 1 }), out, { end: false });
      at = size;
    }
    if (follow) await sleep(POLL_MILLISECONDS, { signal }).catch(() => undefined);
  } while (follow && !signal.aborted);
}
