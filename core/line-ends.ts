/** Line ends behind texts. Pure. */

/**
 * The text without them. A regular expression would begin anew at every one of many empty lines in the middle, and look at
 * the rest of them each time.
 */
export function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n" || text[end - 1] === "\r") end -= 1;
  return text.slice(0, end);
}
