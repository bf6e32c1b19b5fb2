/** What comes from elsewhere, as a terminal may get it: no character of it moves, colours or clears anything. Pure. */

/** Control characters but for line breaks and tabs, and those that turn the direction of a text. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text with such characters as `\u001b`. */
export function printable(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
