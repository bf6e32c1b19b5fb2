/** The output of the facts script, cut at its headings. */

/** Answers by name. */
export interface Parts {
  /** The whole answer; empty when there is none. */
  text(name: string): string;
  /** Its lines, without a last empty one. */
  lines(name: string): string[];
}

/** Cuts the output. */
export function splitParts(printed: string): Parts {
  const pieces = printed.split(/^@@facts:/m).slice(1);
  const byName = new Map(
    pieces.map((it) => {
      const end = it.indexOf("\n");
      return [it.slice(0, end), it.slice(end + 1)] as const;
    }),
  );
  const text = (name: string): string => byName.get(name) ?? "";
  return {
    text,
    lines: (name) => {
      const whole = text(name).replace(/\n$/, "");
      return whole === "" ? [] : whole.split("\n");
    },
  };
}
