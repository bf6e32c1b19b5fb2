/** Regular expressions as Ansible's modules take them: Python's syntax, where it differs from JavaScript's. */
import { TaskFailure } from "../task-failure";

/** Classes and escapes are stepped over whole, so that a `$` in them stays what it is. */
const PARTS = /\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]|\(\?P=(\w+)\)|\(\?P<|\\[\s\S]|\$/g;
const SPELLINGS: Readonly<Record<string, string>> = {
  "(?P<": "(?<",
  "\\A": "(?<![\\s\\S])",
  "\\Z": "(?![\\s\\S])",
};

/**
 * A JavaScript expression that matches alike.
 * @param flags - more flags; an inline `(?i)` at the start adds its own
 * @throws TaskFailure when it is none
 */
export function pythonRegex(source: string, flags = ""): RegExp {
  const [, inline = "", rest = source] = /^\(\?([aimsx]+)\)([\s\S]*)$/.exec(source) ?? [];
  const wanted = new Set([...flags.split(""), ...inline.replaceAll(/[ax]/g, "").split("")]);
  const end = wanted.has("m") ? "$" : "(?=\\n?(?![\\s\\S]))";
  const translated = rest.replaceAll(PARTS, (part, reference?: string) => {
    if (reference !== undefined) return `\\k<${reference}>`;
    if (part === "$") return end;
    // A bracket that comes first in a class stands for itself.
    return SPELLINGS[part] ?? part.replace(/^\[(\^?)\]/, "[$1\\]");
  });
  try {
    return new RegExp(translated, [...wanted].join(""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TaskFailure(`not a regular expression that works here: ${source}: ${reason}`);
  }
}

/** Python's `match.expand`: `\1`, `\g<1>` and `\g<name>` become what the groups matched. */
export function expandMatch(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\\(?:(\d{1,2})|g<(\w+)>|([nrt\\]))/g,
    (_, digit?: string, name?: string, escape?: string) => {
      if (escape !== undefined) return { n: "\n", r: "\r", t: "\t" }[escape] ?? "\\";
      const key = digit ?? name ?? "";
      return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? "";
    },
  );
}
