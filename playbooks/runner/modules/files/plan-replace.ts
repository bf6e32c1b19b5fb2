/** Every match of an expression replaced, within a part of a text: the rules of `replace`. Pure. */
import { expandMatch, pythonRegex } from "../args/python-regex";
import type { EditPlan } from "./edit-file";

/** The arguments that decide. */
export interface ReplaceWish {
  readonly regexp: string;
  readonly replace: string;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** The text afterwards, and whether the part was found in which to replace. */
export interface ReplacePlan extends EditPlan {
  readonly isFound: boolean;
}

/** @throws TaskFailure for what is no regular expression, and for groups that it has not */
export function planReplace(text: string, wish: ReplaceWish): ReplacePlan {
  const pattern = sectionPattern(wish);
  const section = pattern === undefined ? [0, text.length] : findSection(text, pattern);
  if (section === undefined) {
    const message = `Pattern for before/after params did not match the given file: ${pattern ?? ""}`;
    return { text, message, isFound: false };
  }
  const [start = 0, end = 0] = section;
  const part = text.slice(start, end);
  const matches = [...part.matchAll(pythonRegex(wish.regexp, "gm"))];
  let [replaced, from] = ["", 0];
  for (const match of matches) {
    replaced += part.slice(from, match.index) + expandMatch(wish.replace, match);
    from = match.index + match[0].length;
  }
  replaced += part.slice(from);
  const message = replaced === part ? "" : `${matches.length} replacements made`;
  return { text: text.slice(0, start) + replaced + text.slice(end), message, isFound: true };
}

function sectionPattern({ after = "", before = "" }: ReplaceWish): string | undefined {
  if (after !== "" && before !== "") return `${after}(?P<subsection>.*?)${before}`;
  if (after !== "") return `${after}(?P<subsection>.*)`;
  return before === "" ? undefined : `(?P<subsection>.*)${before}`;
}

/** Start and end of the part. */
function findSection(text: string, pattern: string): readonly number[] | undefined {
  return pythonRegex(pattern, "sd").exec(text)?.indices?.groups?.subsection;
}
