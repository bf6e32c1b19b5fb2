/** Python's regular expressions in JavaScript's. Pure. */
import { TemplateFailure } from "../failure";
import { pythonBool, pythonStr } from "../python";
import { Tuple } from "../values";
import type { Callable, Callables } from "./callable";

const INLINE_FLAGS = /^\(\?([aiLmsux]+)\)/;

/** How a pattern is applied. */
export interface RegexFlags {
  readonly ignorecase?: unknown;
  readonly multiline?: unknown;
}

/** A Python pattern. @throws TemplateFailure when it is not valid */
export function pythonRegExp(pattern: unknown, given: RegexFlags = {}, flags = ""): RegExp {
  const text = pythonStr(pattern);
  const inline = INLINE_FLAGS.exec(text)?.[1] ?? "";
  const wanted = new Set(flags);
  const is = (value: unknown): boolean => value !== undefined && pythonBool(value);
  if (is(given.ignorecase) || inline.includes("i")) wanted.add("i");
  if (is(given.multiline) || inline.includes("m")) wanted.add("m");
  if (inline.includes("s")) wanted.add("s");
  const body = text.replace(INLINE_FLAGS, "");
  const source = inline.includes("x") ? withoutSpace(body) : body;
  return compile(javascript(source, wanted.has("m")), wanted);
}

/** Python's classes are of all scripts. */
const CLASSES: Readonly<Record<string, string>> = {
  "\\w": "[\\p{L}\\p{N}_]",
  "\\W": "[^\\p{L}\\p{N}_]",
  "\\d": "\\p{Nd}",
  "\\D": "\\P{Nd}",
};

function unicode(source: string): string {
  return source.replace(/\\[\s\S]|\[(?:\\.|[^\]])*\]/g, (it) =>
    it.startsWith("[")
      ? it.replace(/\\[wd]/g, (one) => (CLASSES[one] ?? one).replace(/^\[|\]$/g, ""))
      : (CLASSES[it] ?? it),
  );
}

function compile(source: string, flags: ReadonlySet<string>): RegExp {
  try {
    return new RegExp(unicode(source), [...flags, "u"].join(""));
  } catch {
    // Escapes that Python takes and JavaScript's strict kind does not, such as \- or \_.
  }
  try {
    return new RegExp(source, [...flags].join(""));
  } catch (error) {
    throw new TemplateFailure("other", error instanceof Error ? error.message : String(error));
  }
}

function withoutSpace(source: string): string {
  return source.replace(/\\[\s\S]|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (it) =>
    /^(?:\s|#)/.test(it) ? "" : it,
  );
}

/** Spelling only: what the two mean is the same but for this. */
function javascript(source: string, multiline: boolean): string {
  return source.replace(
    /\\([\s\S])|\[\^?\]?(?:\\.|[^\]])*\]|\(\?P<|\(\?P=(\w+)\)|\(\?#[^)]*\)|\$/g,
    (it: string, escaped?: string, name?: string) => {
      if (it === "(?P<") return "(?<";
      if (name !== undefined) return `\\k<${name}>`;
      if (it.startsWith("(?#")) return "";
      // Python's $ also stands before the newline at the end.
      if (it === "$") return multiline ? "$" : "(?=\\n?(?![\\s\\S]))";
      if (escaped === "A") return "(?<![\\s\\S])";
      if (escaped === "Z") return "(?![\\s\\S])";
      if (escaped === "a") return "\\x07";
      if (it.startsWith("["))
        return it
          .replace(/^(\[\^?)(\[*)/, (_, a: string, b: string) => a + b.replaceAll("[", "\\["))
          .replace(/^(\[\^?)\]/, "$1\\]");
      return escaped !== undefined &&
        /[^\w\s]/.test(escaped) &&
        !/[\^$\\.*+?()[\]{}|/]/.test(escaped)
        ? escaped
        : it;
    },
  );
}

/** What a replacement such as `\1-\g<name>` makes of a match (as `String.replace` passes it). */
function pythonReplacement(replacement: unknown): (match: readonly unknown[]) => string {
  const text = pythonStr(replacement);
  return (match) =>
    text.replace(
      /\\(?:g<(\w+)>|(\d{1,2})|([\\nrtabfv]))/g,
      (_, name?: string, digit?: string, one?: string) => {
        if (one !== undefined) return ESCAPES[one] ?? one;
        const key = name ?? digit ?? "0";
        const groups = match.at(-1);
        const numbered = isRecord(groups) ? match.length - 3 : match.length - 2;
        if (/^\d+$/.test(key) && Number(key) >= numbered) {
          throw new TemplateFailure("other", `the pattern has no group ${key}`);
        }
        const value = isRecord(groups) && key in groups ? groups[key] : match[Number(key)];
        return typeof value === "string" ? value : "";
      },
    );
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Filters of regular expressions. */
export const REGEX_FILTERS: Callables = {
  regex_replace: {
    params: ["pattern", "replacement", "ignorecase", "multiline", "count", "mandatory_count"],
    run: (value, [pattern = "", replacement = "", ignorecase, multiline, count, needed]) => {
      const make = pythonReplacement(replacement);
      const most = Number(count ?? 0) || Infinity;
      let done = 0;
      const expression = pythonRegExp(pattern, { ignorecase, multiline }, "g");
      const text = pythonStr(value).replace(expression, (...match) => {
        done += 1;
        return done > most ? match[0] : make(match);
      });
      if (Math.min(done, most) < Number(needed ?? 0)) {
        throw new TemplateFailure("other", "regex_replace: the pattern was found too seldom");
      }
      return text;
    },
  },
  regex_search: {
    variadic: true,
    keywords: ["ignorecase", "multiline"],
    run: (value, [pattern, ...groups], { named }) => {
      const match = pythonRegExp(pattern, named).exec(pythonStr(value));
      if (!match) return null;
      return groups.length > 0 ? groups.map((it) => groupOf(match, it)) : match[0];
    },
  },
  regex_findall: {
    params: ["regex", "multiline", "ignorecase"],
    run: (value, [pattern, multiline, ignorecase]) =>
      [...pythonStr(value).matchAll(pythonRegExp(pattern, { ignorecase, multiline }, "g"))].map(
        ([whole, ...groups]) => {
          const texts = groups.map((it: string | undefined) => it ?? "");
          return texts.length > 1 ? Tuple.of1(texts) : (texts[0] ?? whole);
        },
      ),
  },
  regex_escape: {
    params: ["re_type"],
    run: (value, [type = "python"]) => {
      if (type === "posix_basic") return pythonStr(value).replace(/[\][.^$*\\]/g, "\\$&");
      if (type === "python") return pythonStr(value).replace(/[.*+?^${}()|[\]\\\-#&~\s]/g, "\\$&");
      throw new TemplateFailure("other", "regex_escape: python and posix_basic are known");
    },
  },
};

/** A test that looks for a pattern. */
export function matching(anchored: boolean): Callable {
  return {
    params: ["pattern", "ignorecase", "multiline"],
    run: (value, [pattern = "", ignorecase, multiline]) => {
      const found = pythonRegExp(pattern, { ignorecase, multiline }, anchored ? "y" : "");
      return found.test(pythonStr(value));
    },
  };
}

function groupOf(match: RegExpExecArray, wanted: unknown): string | null {
  const name = /^\\(?:g<(\w+)>|(\d+))/.exec(pythonStr(wanted));
  if (!name) throw new TemplateFailure("other", `regex_search: unknown group ${pythonStr(wanted)}`);
  const key = name[1] ?? name[2] ?? "";
  const known = /^\d+$/.test(key)
    ? Number(key) < match.length
    : Object.hasOwn(match.groups ?? {}, key);
  if (!known) throw new TemplateFailure("other", `regex_search: the pattern has no group ${key}`);
  return match.groups?.[key] ?? match[Number(key)] ?? null;
}
