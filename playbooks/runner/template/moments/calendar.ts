/** The calendar, as Python's datetime has it: years 1 to 9999, no leap seconds. Pure. */
import { TemplateFailure } from "../failure";

/** A moment by its parts, as a clock on a wall shows it. */
export interface WallTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Microseconds. */
  readonly micro: number;
}

/** Microseconds in a second. */
export const SECOND = 1_000_000n;
/** Microseconds in a day. */
export const DAY = 86_400n * SECOND;
const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

/** Parts of a moment. @param micros - on the wall's clock, since 1970 began there */
export function wallTime(micros: bigint): WallTime {
  const seconds = floorDivide(micros, SECOND);
  const date = new Date(Number(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    micro: Number(micros - seconds * SECOND),
  };
}

/** The other way round. @throws TemplateFailure for what is in no calendar */
export function microsOf(time: WallTime): bigint {
  const { year, month, day, hour, minute, second, micro } = time;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const micros = BigInt(date.getTime()) * 1000n + BigInt(micro);
  const back = inCalendar(micros) ? wallTime(micros) : undefined;
  const isSame = (Object.keys(time) as (keyof WallTime)[]).every((it) => back?.[it] === time[it]);
  if (isSame) return micros;
  throw new TemplateFailure("other", `there is no such moment in the calendar: ${textOf(time)}`);
}

/** Whether a moment is one of the years 1 to 9999. */
export function inCalendar(micros: bigint): boolean {
  const milliseconds = Number(floorDivide(micros, 1000n));
  const year = new Date(milliseconds).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** From 0, Monday. */
export function weekday(micros: bigint): number {
  // 1970 began on a Thursday.
  return Number((((floorDivide(micros, DAY) + 3n) % 7n) + 7n) % 7n);
}

/** From 1. */
export function dayOfYear(micros: bigint): number {
  const { year } = wallTime(micros);
  const first = microsOf({ year, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0 });
  return Number((floorDivide(micros, DAY) * DAY - first) / DAY) + 1;
}

/** Year and week of ISO 8601: the first week is that of the year's first Thursday. */
export function isoWeek(micros: bigint): { readonly year: number; readonly week: number } {
  const thursday = micros + BigInt(3 - weekday(micros)) * DAY;
  return {
    year: wallTime(thursday).year,
    week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1,
  };
}

/** Rounds down, as Python's `//`. */
export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by !== 0n && value < 0n !== by < 0n ? quotient - 1n : quotient;
}

function textOf({ year, month, day, hour, minute, second }: WallTime): string {
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}
