/** Asks a person at a terminal, and does not show what is typed. */
import type { Writable } from "node:stream";
import { onAbort } from "../core/on-abort";

/** A terminal that is read from. */
export interface HiddenInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

const INTERRUPT = "\u0003";
const END = "\u0004";
const ERASE = ["\u007f", "\b"];
const ERASE_LINE = "\u0015";

/**
 * Reads one line without echo.
 * @throws the signal's reason, which Ctrl-C brings about too
 */
export function askHidden(
  question: string,
  {
    input,
    output,
    signal,
  }: { readonly input: HiddenInput; readonly output: Writable; readonly signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    let line = "";
    // Before the question: what is typed after it is never shown.
    input.setRawMode?.(true);
    const end = (settle: () => void): void => {
      stopListening();
      input.off("data", take);
      input.setRawMode?.(false);
      input.pause();
      output.write("\n");
      settle();
    };
    const take = (chunk: Buffer | string): void => {
      const characters = Array.from(chunk.toString());
      for (const [at, it] of characters.entries()) {
        if (it === "\r" || it === "\n" || it === END) {
          end(() => {
            resolve(line);
          });
          // What was typed ahead is for whoever reads next.
          input.unshift(characters.slice(at + 1).join(""));
          return;
        }
        if (it === INTERRUPT) {
          // In raw mode the terminal sends no signal. What it aborts ends the question.
          input.setRawMode?.(false);
          process.kill(process.pid, "SIGINT");
          return;
        }
        line = typed(line, it);
      }
    };
    const stopListening = onAbort(signal, () => {
      end(() => {
        reject(signal.reason instanceof Error ? signal.reason : new Error("interrupted"));
      });
    });
    input.on("data", take);
    input.resume();
    output.write(question);
  });
}

function typed(line: string, character: string): string {
  if (ERASE.includes(character)) return Array.from(line).slice(0, -1).join("");
  return character === ERASE_LINE ? "" : line + character;
}
