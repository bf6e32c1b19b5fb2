/** Reads moments as Python's datetime.strptime does, in the locale C. Source: the documentation of Python's `datetime`. Pure. */
import { TemplateFailure } from "../failure";
import { DAY, microsOf, wallTime } from "./calendar";
import { DateTime } from "./date-time";
import { DAY_NAMES, MONTH_NAMES } from "./names";

const short = (names: readonly string[]): string[] => names.map((it) => it.slice(0, 3));
const oneOf = (names: readonly string[]): string => names.join("|");

/** What each directive reads. */
const READS: Readonly<Record<string, string>> = {
  a: oneOf(short(DAY_NAMES)),
  A: oneOf(DAY_NAMES),
  b: oneOf(short(MONTH_NAMES)),
  B: oneOf(MONTH_NAMES),
  d: "3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]",
  f: "\\d{1,6}",
  H: "2[0-3]|[01]\\d|\\d",
  I: "1[0-2]|0[1-9]|[1-9]",
  j: "36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]",
  m: "1[0-2]|0[1-9]|[1-9]",
  M: "[0-5]\\d|\\d",
  p: "AM|PM",
  S: "6[01]|[0-5]\\d|\\d",
  u: "[1-7]",
  w: "[0-6]",
  y: "\\d\\d",
  Y: "\\d{4}",
  z: "[-+]\\d\\d:?[0-5]\\d(?::?[0-5]\\d)?|Z",
  Z: "UTC|GMT",
};
const COMPOUND: Readonly<Record<string, string>> = {
  c: "%a %b %d %H:%M:%S %Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};
/** Read by Python, and by nobody in bootstraps. */
const WEEKS = "UWVG";
const PIVOT = 68;

/** A moment. @throws TemplateFailure where text and format do not fit */
export function readMoment(text: string, format: string): DateTime {
  const { pattern, letters } = compile(format);
  const match = pattern.exec(text);
  if (!match) throw failure(`'${text}' does not match the format '${format}'`);
  if (match[0].length < text.length) {
    throw failure(`'${text}' goes on behind the format: '${text.slice(match[0].length)}'`);
  }
  return momentOf(new Map(letters.map((it, at) => [it, match[at + 1] ?? ""])));
}

function compile(format: string): {
  readonly pattern: RegExp;
  readonly letters: readonly string[];
} {
  const letters: string[] = [];
  const whole = format.replace(/%([cxX])/g, (_, letter: string) => COMPOUND[letter] ?? "");
  const source = whole.replace(/%([\s\S]?)|\s+|[\\.^$*+?()[\]{}|/-]/g, (it, letter?: string) => {
    if (!it.startsWith("%")) return /^\s/.test(it) ? "\\s+" : `\\${it}`;
    if (letter === "%") return "%";
    const reads = letter === undefined ? undefined : READS[letter];
    if (letter === undefined || reads === undefined) throw wrongDirective(it);
    if (letters.includes(letter)) throw failure(`the format names ${it} more than once`);
    letters.push(letter);
    return `(${reads})`;
  });
  return { pattern: new RegExp(`^${source}`, "i"), letters };
}

function wrongDirective(directive: string): TemplateFailure {
  const isWeek = WEEKS.includes(directive.slice(1)) && directive.length > 1;
  if (isWeek) return failure(`${directive} is not supported: give month and day, or %j`);
  return failure(`'${directive}' is a bad directive`);
}

function momentOf(read: ReadonlyMap<string, string>): DateTime {
  const number = (letter: string): number | undefined => {
    const text = read.get(letter);
    return text === undefined ? undefined : Number(text);
  };
  const named = (letter: string, names: readonly string[]): number | undefined => {
    const at = names.findIndex((it) => it.toLowerCase() === read.get(letter)?.toLowerCase());
    return at < 0 ? undefined : at + 1;
  };
  const two = number("y");
  const century = two === undefined ? 1900 : two + (two > PIVOT ? 1900 : 2000);
  const month = number("m") ?? named("B", MONTH_NAMES) ?? named("b", short(MONTH_NAMES)) ?? 1;
  const micros = microsOf({
    year: number("Y") ?? century,
    month,
    day: number("d") ?? 1,
    hour: hourOf(read),
    minute: number("M") ?? 0,
    second: number("S") ?? 0,
    micro: Number((read.get("f") ?? "0").padEnd(6, "0")),
  });
  return new DateTime(onDay(micros, number("j")), offsetOf(read.get("z")));
}

/** The day of the year wins over month and day. */
function onDay(micros: bigint, day: number | undefined): bigint {
  if (day === undefined) return micros;
  return microsOf({ ...wallTime(micros), month: 1, day: 1 }) + BigInt(day - 1) * DAY;
}

function hourOf(read: ReadonlyMap<string, string>): number {
  const twelve = read.get("I");
  if (twelve === undefined) return Number(read.get("H") ?? 0);
  return (Number(twelve) % 12) + (read.get("p")?.toUpperCase() === "PM" ? 12 : 0);
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, sign, hours, minutes, seconds = "0"] =
    /^([-+])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return sign === "-" ? -size : size;
}

function failure(problem: string): TemplateFailure {
  return new TemplateFailure("other", `to_datetime: ${problem}`);
}
