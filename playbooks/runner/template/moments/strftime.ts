/** Writes moments as strftime(3) of the C library does in the locale C. Pure. */
import {
  dayOfYear,
  floorDivide,
  isoWeek,
  SECOND,
  wallTime,
  weekday,
  type WallTime,
} from "./calendar";
import { DAY_NAMES, MONTH_NAMES } from "./names";

/** A moment to be written. */
export interface Written {
  /** On the wall's clock, since 1970 began there. */
  readonly micros: bigint;
  /** Seconds east of Greenwich; undefined where nobody knows. */
  readonly offset?: number | undefined;
  /** Name of the zone. */
  readonly zone?: string | undefined;
  /** Whether microseconds are written by %f: Python's own addition. */
  readonly isDatetime: boolean;
}

/** A number with the width and the filling that it has where the format says nothing. */
type Part = string | readonly [value: number, width: number, fill?: string];

/** Modifiers of locales say nothing in the locale C. */
const DIRECTIVE = /%([-_0^#]*)(\d{0,3})[EO]?([A-Za-z%])/g;
/** Directives that stand for several. */
const COMPOUND: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  R: "%H:%M",
  r: "%I:%M:%S %p",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

/** A moment in a format. What is no directive stays as it is. */
export function formatMoment(format: string, moment: Written): string {
  return format.replace(DIRECTIVE, (whole, flags: string, width: string, letter: string) => {
    const compound = COMPOUND[letter];
    const part = compound === undefined ? partOf(letter, moment) : formatMoment(compound, moment);
    return part === undefined ? whole : filled(part, { flags, width: Number(width), letter });
  });
}

interface Wish {
  readonly flags: string;
  readonly width: number;
  readonly letter: string;
}

function filled(part: Part, { flags, width, letter }: Wish): string {
  const flag = /[-_0]/.exec(flags.split("").reverse().join(""))?.[0];
  const [value, own, usual] =
    typeof part === "string" ? [part, 0, " "] : [part[0], part[1], part[2] ?? "0"];
  const fill = flag === "_" ? " " : flag === "0" ? "0" : usual;
  const size = flag === "-" ? 0 : Math.max(width, own);
  const sign = Number(value) < 0 ? "-" : "";
  const text =
    sign +
    String(value)
      .slice(sign.length)
      .padStart(size - sign.length, fill);
  if (flags.includes("^")) return text.toUpperCase();
  if (!flags.includes("#")) return text;
  return letter === "p" || letter === "Z" ? text.toLowerCase() : text.toUpperCase();
}

/** A moment with its parts. */
type Parts = Written & { readonly time: WallTime; readonly day: number };

/** The table of strftime(3), and %f of Python. */
const PARTS: Readonly<Record<string, (moment: Parts) => Part | undefined>> = {
  "%": () => "%",
  a: ({ day }) => DAY_NAMES[day]?.slice(0, 3),
  A: ({ day }) => DAY_NAMES[day],
  b: ({ time }) => MONTH_NAMES[time.month - 1]?.slice(0, 3),
  B: ({ time }) => MONTH_NAMES[time.month - 1],
  C: ({ time }) => [Math.floor(time.year / 100), 2],
  d: ({ time }) => [time.day, 2],
  e: ({ time }) => [time.day, 2, " "],
  f: ({ time, isDatetime }) => (isDatetime ? [time.micro, 6] : undefined),
  g: ({ micros }) => [isoWeek(micros).year % 100, 2],
  G: ({ micros }) => [isoWeek(micros).year, 0],
  h: ({ time }) => MONTH_NAMES[time.month - 1]?.slice(0, 3),
  H: ({ time }) => [time.hour, 2],
  I: ({ time }) => [hourOfTwelve(time), 2],
  j: ({ micros }) => [dayOfYear(micros), 3],
  k: ({ time }) => [time.hour, 2, " "],
  l: ({ time }) => [hourOfTwelve(time), 2, " "],
  m: ({ time }) => [time.month, 2],
  M: ({ time }) => [time.minute, 2],
  n: () => "\n",
  p: ({ time }) => (time.hour < 12 ? "AM" : "PM"),
  P: ({ time }) => (time.hour < 12 ? "am" : "pm"),
  s: ({ micros, offset }) => [
    Number(floorDivide(micros, SECOND)) - (offset ?? localOffset(micros)),
    0,
  ],
  S: ({ time }) => [time.second, 2],
  t: () => "\t",
  u: ({ day }) => [day + 1, 0],
  U: ({ micros, day }) => [weekFrom(micros, (day + 1) % 7), 2],
  V: ({ micros }) => [isoWeek(micros).week, 2],
  w: ({ day }) => [(day + 1) % 7, 0],
  W: ({ micros, day }) => [weekFrom(micros, day), 2],
  y: ({ time }) => [time.year % 100, 2],
  Y: ({ time }) => [time.year, 0],
  z: ({ offset }) => (offset === undefined ? "" : offsetText(offset, "")),
  Z: ({ zone = "" }) => zone,
};

function partOf(letter: string, moment: Written): Part | undefined {
  const { micros } = moment;
  return PARTS[letter]?.({ ...moment, time: wallTime(micros), day: weekday(micros) });
}

function hourOfTwelve({ hour }: WallTime): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

/** Weeks since the year's first Sunday or Monday. @param since - days since that day of the week */
function weekFrom(micros: bigint, since: number): number {
  return Math.floor((dayOfYear(micros) + 6 - since) / 7);
}

/** `+0130`. */
export function offsetText(offset: number, between: string): string {
  const size = Math.abs(offset);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const seconds = size % 60 === 0 ? "" : `${between}${two(size % 60)}`;
  return `${offset < 0 ? "-" : "+"}${two(size / 3600)}${between}${two((size / 60) % 60)}${seconds}`;
}

/** What this process's zone is ahead of Greenwich, in seconds, when the clock on the wall shows a moment. */
export function localOffset(micros: bigint): number {
  const { year, month, day, hour, minute, second } = wallTime(micros);
  return -new Date(year, month - 1, day, hour, minute, second).getTimezoneOffset() * 60;
}
