/** Python's regular expressions in JavaScript's. Pure. */
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";

const INLINE_FLAGS = /^\(\?([aiLmsux]+)\)/;

/** A Python pattern. @throws TemplateFailure when it is not valid */
export function pythonRegExp(
  pattern: unknown,
  named: Readonly<Record<string, unknown>> = {},
  flags = "",
): RegExp {
  const text = pythonStr(pattern);
  const inline = INLINE_FLAGS.exec(text)?.[1] ?? "";
  const wanted = new Set(flags);
  if (named.ignorecase === true || inline.includes("i")) wanted.add("i");
  if (named.multiline === true || inline.includes("m")) wanted.add("m");
  if (inline.includes("s")) wanted.add("s");
  const source = text
    .replace(INLINE_FLAGS, "")
    .replaceAll("(?P<", "(?<")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replace(/\\A/g, "(?<![\\s\\S])")
    .replace(/\\Z/g, "(?![\\s\\S])");
  try {
    return new RegExp(source, [...wanted].join(""));
  } catch (error) {
    throw new TemplateFailure("other", error instanceof Error ? error.message : String(error));
  }
}

/** What a replacement such as `\1-\g<name>` makes of a match (as `String.replace` passes it). */
export function pythonReplacement(replacement: unknown): (match: readonly unknown[]) => string {
  const text = pythonStr(replacement);
  return (match) =>
    text.replace(
      /\\(?:g<(\w+)>|(\d{1,2})|([\\nt]))/g,
      (_, name?: string, digit?: string, one?: string) => {
        if (one !== undefined) return { n: "\n", t: "\t" }[one] ?? one;
        const key = name ?? digit ?? "0";
        const groups = match.at(-1);
        const value = isRecord(groups) && key in groups ? groups[key] : match[Number(key)];
        return typeof value === "string" ? value : "";
      },
    );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
