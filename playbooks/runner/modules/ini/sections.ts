/** Where a section of an INI file begins and ends, and what its lines say. Pure. */

/** A file in three parts; each line without its end. */
export interface Parts {
  /** What comes before the section's own lines: its header is the last of them. */
  readonly head: readonly string[];
  readonly body: readonly string[];
  readonly tail: readonly string[];
}

/** What a section holds that is meant. */
export interface Condition {
  readonly option: string;
  /** Any of them; empty: whatever value. */
  readonly values: readonly string[];
}

/** A line that sets an option. */
export interface Setting {
  /** Behind a `#` or `;`. */
  readonly isInactive: boolean;
  readonly value: string;
}

/** Reads a line that sets this option, perhaps behind a comment sign; undefined for any other line. */
export function readSetting(line: string, option: string): Setting | undefined {
  const [, sign = "", rest] = /^[ \t]*([#;]?)[ \t]*([\s\S]*)$/.exec(line) ?? [];
  if (rest?.startsWith(option) !== true) return undefined;
  const [, value] = /^[ \t]*(?:=|$)[ \t]*([\s\S]*)$/.exec(rest.slice(option.length)) ?? [];
  return value === undefined ? undefined : { isInactive: sign !== "", value };
}

/** Whether a line is neither empty nor a comment. */
export function hasContent(line: string): boolean {
  return !/^[ \t]*([#;].*)?$/s.test(line);
}

/**
 * Finds a section.
 * @param section - undefined: the lines before the first section
 * @returns undefined when there is none that holds all that is asked of it
 */
export function findSection(
  lines: readonly string[],
  section: string | undefined,
  conditions: readonly Condition[],
): Parts | undefined {
  const endFrom = (start: number): number => {
    const end = lines.findIndex((it, index) => index >= start && it.startsWith("["));
    return end < 0 ? lines.length : end;
  };
  if (section === undefined || section === "") return cut(lines, 0, endFrom(0));
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith(`[${section}]`)) continue;
    const parts = cut(lines, index + 1, endFrom(index + 1));
    if (conditions.every((it) => holds(parts.body, it))) return parts;
  }
  return undefined;
}

function cut(lines: readonly string[], from: number, to: number): Parts {
  return { head: lines.slice(0, from), body: lines.slice(from, to), tail: lines.slice(to) };
}

function holds(body: readonly string[], { option, values }: Condition): boolean {
  return body.some((it) => {
    const setting = readSetting(it, option);
    return setting !== undefined && (values.length === 0 || values.includes(setting.value));
  });
}
