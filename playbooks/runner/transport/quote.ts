/** The one place where values become shell text. Every word is quoted, whatever it holds. */
import { OuterFault } from "../../../core/faults";

/**
 * A word that a POSIX shell reads as exactly this text.
 * @throws {@link OuterFault} AS2222 for a NUL, which no argument of a process can hold
 */
export function quote(word: string): string {
  if (word.includes("\0")) {
    throw new OuterFault("AS2222", { problem: "a word of the command holds a NUL character" });
  }
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words of one command, quoted and separated. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quote).join(" ");
}
