/** Which of the things below a folder `find` returns, as far as names, kinds, ages, sizes and modes decide. Pure. */
import type { Entry } from "../files/plan-recursive";
import { fnmatch } from "../args/fnmatch";
import { pythonRegex } from "../args/python-regex";
import { resolveMode, type ModeSpec } from "../files/mode";
import { TaskFailure } from "../task-failure";

/** The parsed arguments that decide. */
export interface Criteria {
  readonly patterns: readonly string[];
  readonly excludes: readonly string[];
  readonly use_regex: boolean;
  readonly file_type: "any" | "directory" | "file" | "link";
  readonly age?: string | undefined;
  readonly age_stamp: "atime" | "ctime" | "mtime";
  readonly size?: string | undefined;
  readonly hidden: boolean;
  readonly mode?: ModeSpec | undefined;
  readonly exact_mode: boolean;
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const BYTES = { b: 1, k: 1_024, m: 1_024 ** 2, g: 1_024 ** 3, t: 1_024 ** 4 } as const;
const STAMPS = { atime: "accessed", ctime: "statusChanged", mtime: "modified" } as const;

/**
 * A filter made once for many entries.
 * @param now - the host's time, seconds since 1970
 * @throws TaskFailure for an age, a size or a pattern that cannot be read
 */
export function makeFilter(criteria: Criteria, now: number): (entry: Entry) => boolean {
  const isNamed = nameFilter(criteria);
  const age = measure(criteria.age, SECONDS, "age");
  const size = measure(criteria.size, BYTES, "size");
  const { file_type: kind, mode, exact_mode: exact } = criteria;
  const wanted =
    mode === undefined ? undefined : resolveMode(mode, { mode: 0, isFolder: false }) & 0o7777;
  return ({ name, stat }) => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    if (base.startsWith(".") && !criteria.hidden) return false;
    if (kind !== "any" && stat.type !== kind) return false;
    if (!isNamed(base) || !isBeyond(now - stat[STAMPS[criteria.age_stamp]], age)) return false;
    if (stat.type === "file" && !isBeyond(stat.size, size)) return false;
    return wanted === undefined || (exact ? stat.mode === wanted : (stat.mode & wanted) !== 0);
  };
}

/** Positive limits are reached or exceeded, negative ones are not exceeded. */
function isBeyond(value: number, limit: number | undefined): boolean {
  if (limit === undefined) return true;
  return limit >= 0 && !Object.is(limit, -0) ? value >= limit : value <= -limit;
}

function measure(
  text: string | undefined,
  units: Readonly<Record<string, number>>,
  name: string,
): number | undefined {
  if (text === undefined) return undefined;
  const [, number = "", unit = ""] = /^(-?\d+)([a-z]?)$/.exec(text.toLowerCase()) ?? [];
  const factor = unit === "" ? 1 : units[unit];
  if (number === "" || factor === undefined) {
    throw new TaskFailure(`failed to process ${name}`, { [name]: text });
  }
  return Number(number) * factor;
}

function nameFilter({
  patterns,
  excludes,
  use_regex: isRegex,
}: Criteria): (name: string) => boolean {
  const compile = (it: string): RegExp => (isRegex ? matcher(it) : fnmatch(it));
  const [wanted, unwanted] = [patterns.map(compile), excludes.map(compile)];
  return (name) =>
    (wanted.length === 0 || wanted.some((it) => matches(it, name))) &&
    !unwanted.some((it) => matches(it, name));
}

/** An expression for {@link matches}, which begins where the text begins: Python's `match`. */
export function matcher(source: string): RegExp {
  return pythonRegex(source, "y");
}

/** Whether an expression matches; what it remembers of the last text is forgotten. */
export function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
