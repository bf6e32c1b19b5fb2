/** The output of scripts that look around on a host, cut at its headings. */

/** Answers by name. */
export interface Parts {
  /** The whole answer; empty when there is none. */
  text(name: string): string;
  /** Its lines, without a last empty one. */
  lines(name: string): string[];
}

/** Cuts at `@@facts:NAME`. */
export function splitParts(printed: string): Parts {
  const pieces = printed.split(/^@@facts:/m).slice(1);
  return partsOf(
    new Map(
      pieces.map((it) => {
        const end = it.indexOf("\n");
        return [it.slice(0, end), it.slice(end + 1)];
      }),
    ),
  );
}

/** Cuts what `head` prints of several files, by path: `==> PATH <==`, the text, and an empty line between. */
export function splitFiles(printed: string): ReadonlyMap<string, string> {
  const [, ...pieces] = printed.split(/(?:^|\n)==> (\/[^\n]*) <==\n/);
  const files = new Map<string, string>();
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    files.set(pieces[at] ?? "", pieces[at + 1] ?? "");
  }
  return files;
}

/** Texts by name as parts. */
export function partsOf(texts: ReadonlyMap<string, string>): Parts {
  const text = (name: string): string => texts.get(name) ?? "";
  return {
    text,
    lines: (name) => {
      const whole = text(name).replace(/\n$/, "");
      return whole === "" ? [] : whole.split("\n");
    },
  };
}
