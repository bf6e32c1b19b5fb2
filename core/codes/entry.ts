/** The shape of an error code's entry. */

/** What a code means, for docs/errors.md and `armstead explain`. */
export interface CodeEntry {
  /** What is wrong, in one clause: lower case, no full stop. */
  readonly title: string;
  /** When it happens, in a sentence or two. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
}
