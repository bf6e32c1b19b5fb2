/** How much room a text takes on a terminal, in columns: letters of East Asia and emoji take two, accents none. Pure. */

const PLAIN = /^[\u0020-\u007e]*$/;
/** Wide and fullwidth characters of Unicode's EastAsianWidth.txt, by their blocks. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NO_ROOM = /[\p{Mn}\p{Me}\p{Cf}]/u;
const MORE = "…";

/** Columns of a text of one line. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const it of text) columns += widthOf(it);
  return columns;
}

/** The text, with an ellipsis at its end if it takes more than the columns. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [room, kept] = [columns - 1, ""];
  for (const it of text) {
    room -= widthOf(it);
    if (room < 0) break;
    kept += it;
  }
  return columns < 1 ? "" : kept + MORE;
}

/** The text with spaces behind it, so that it takes the columns. */
export function padToColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

function widthOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return NO_ROOM.test(character) ? 0 : 1;
}
