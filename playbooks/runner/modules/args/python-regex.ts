/** Regular expressions as Ansible's modules take them: Python's syntax, where it differs from JavaScript's. */
import { TaskFailure } from "../task-failure";

/** Classes and escapes are stepped over whole, so that a `$` in them stays what it is. */
const PARTS = /\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]|\(\?P=(\w+)\)|\(\?P<|\\[\s\S]|[$^.]/g;
/** The same with what `(?x)` leaves out. */
const VERBOSE_PARTS = new RegExp(`${PARTS.source}|\\s+|#[^\\n]*`, "g");
const SPELLINGS: Readonly<Record<string, string>> = {
  "(?P<": "(?<",
  "\\A": "(?<![\\s\\S])",
  "\\Z": "(?![\\s\\S])",
};
const INLINE = /^\(\?([aimsx]+)\)([\s\S]*)$/;

/**
 * A JavaScript expression that matches alike. Only a line feed ends a line, as in Python.
 * @param flags - more flags; an inline `(?i)` at the start adds its own
 * @throws TaskFailure when it is none
 */
export function pythonRegex(source: string, flags = ""): RegExp {
  const [, inline = "", rest = source] = INLINE.exec(source) ?? [];
  const wanted = new Set([...flags.split(""), ...inline.split("")]);
  const spellings: Readonly<Record<string, string>> = {
    ...SPELLINGS,
    "^": wanted.has("m") ? "(?<![^\\n])" : "^",
    $: wanted.has("m") ? "(?![^\\n])" : "(?=\\n?(?![\\s\\S]))",
    ".": wanted.has("s") ? "[\\s\\S]" : "[^\\n]",
  };
  const isVerbose = wanted.has("x");
  const translated = rest.replaceAll(
    isVerbose ? VERBOSE_PARTS : PARTS,
    (part, reference?: string) => {
      if (reference !== undefined) return `\\k<${reference}>`;
      if (isVerbose && /^[\s#]/.test(part)) return "";
      // A bracket that comes first in a class stands for itself.
      return spellings[part] ?? part.replace(/^\[(\^?)\]/, "[$1\\]");
    },
  );
  const kept = [...wanted].filter((it) => !"amsx".includes(it));
  try {
    return new RegExp(translated, kept.join(""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TaskFailure(`not a regular expression that works here: ${source}: ${reason}`);
  }
}

/** Whether an expression asks by `(?m)` to see the lines of a whole text. */
export function isMultiline(source: string): boolean {
  return INLINE.exec(source)?.[1]?.includes("m") === true;
}

/** Python's `match.expand`: `\1`, `\g<1>` and `\g<name>` become what the groups matched. */
export function expandMatch(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\\(?:(\d{1,2})|g<(\w+)>|([nrt\\]))/g,
    (_, digit?: string, name?: string, escape?: string) => {
      if (escape !== undefined) return { n: "\n", r: "\r", t: "\t" }[escape] ?? "\\";
      const key = digit ?? name ?? "";
      const isThere = /^\d+$/.test(key)
        ? Number(key) < match.length
        : Object.hasOwn(match.groups ?? {}, key);
      if (!isThere) throw new TaskFailure(`invalid group reference ${key}`);
      return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? "";
    },
  );
}
