/** Python's datetime and date, as far as templates ask them. Pure but for the zone of the process. */
import { TemplateFailure } from "../failure";
import { floatOf, isInteger } from "../numbers";
import { pythonStr } from "../python";
import { TemplateFunction, TemplateObject, Tuple, type Named } from "../values";
import {
  DAY,
  dayOfYear,
  floorDivide,
  inCalendar,
  isoWeek,
  microsOf,
  SECOND,
  wallTime,
  weekday,
  type WallTime,
} from "./calendar";
import { Duration } from "./duration";
import { formatMoment, localOffset, offsetText } from "./strftime";

/** Days from the first of year 1 to 1970, the first counted as 1. */
const ORDINAL_1970 = 719_163n;
type Work = (args: readonly unknown[], named: Named) => unknown;

/** What a day and a moment have in common. */
abstract class OnCalendar extends TemplateObject {
  /** @param micros - on the wall's clock, since 1970 began there */
  constructor(readonly micros: bigint) {
    super();
    if (!inCalendar(micros)) {
      throw new TemplateFailure("other", "the calendar has the years 1 to 9999");
    }
  }

  protected abstract moved(micros: bigint): TemplateObject;
  protected abstract minus(other: unknown): Duration | undefined;
  protected abstract methods(): Readonly<Record<string, Work>>;
  protected abstract fields(): Partial<WallTime> & { readonly microsecond?: number };

  /** @inheritdoc */
  override member(name: string): unknown {
    const fields: Named = { ...this.fields(), micro: undefined };
    if (Object.hasOwn(fields, name)) return fields[name];
    const methods: Readonly<Record<string, Work>> = { ...this.#shared(), ...this.methods() };
    const work = Object.hasOwn(methods, name) ? methods[name] : undefined;
    return work && new TemplateFunction(name, work);
  }

  /** @inheritdoc */
  override operate(operator: string, other: unknown, side: "left" | "right"): unknown {
    if (other instanceof Duration) {
      if (operator === "+") return this.moved(this.micros + other.micros);
      if (operator === "-" && side === "left") return this.moved(this.micros - other.micros);
    }
    return operator === "-" && side === "left" ? this.minus(other) : undefined;
  }

  /** @inheritdoc */
  override orderTo(other: unknown): number | undefined {
    const between = this.minus(other);
    if (between === undefined) return undefined;
    return between.micros < 0n ? -1 : between.micros > 0n ? 1 : 0;
  }

  #shared(): Readonly<Record<string, Work>> {
    const { micros } = this;
    return {
      weekday: () => weekday(micros),
      isoweekday: () => weekday(micros) + 1,
      isocalendar: () => {
        const { year, week } = isoWeek(micros);
        return Tuple.of1([year, week, weekday(micros) + 1]);
      },
      toordinal: () => Number(floorDivide(micros, DAY) + ORDINAL_1970),
      ctime: () => formatMoment("%a %b %e %H:%M:%S %Y", { micros, isDatetime: true }),
    };
  }
}

/** A moment. */
export class DateTime extends OnCalendar {
  readonly typeName = "datetime";

  /**
   * @param micros - on the wall's clock, since 1970 began there
   * @param offset - seconds east of Greenwich; undefined where the text did not say
   */
  constructor(
    micros: bigint,
    readonly offset?: number,
  ) {
    super(micros);
  }

  /** @inheritdoc */
  override text(): string {
    return this.#iso(" ");
  }

  /** @inheritdoc */
  override repr(): string {
    const { year, month, day, hour, minute, second, micro } = wallTime(this.micros);
    const late = micro > 0 ? [second, micro] : second > 0 ? [second] : [];
    const zone = this.offset === undefined ? "" : `, tzinfo=${zoneRepr(this.offset)}`;
    return `datetime.datetime(${[year, month, day, hour, minute, ...late].join(", ")}${zone})`;
  }

  /** @inheritdoc */
  override equality(): string {
    const { offset } = this;
    return `<datetime ${offset === undefined ? `naive ${this.micros}` : this.#absolute(offset)}>`;
  }

  /** @inheritdoc */
  override json(): string {
    return this.#iso("T");
  }

  protected override fields() {
    const { micro, ...time } = wallTime(this.micros);
    return { ...time, microsecond: micro };
  }

  protected override moved(micros: bigint): DateTime {
    return new DateTime(micros, this.offset);
  }

  protected override minus(other: unknown): Duration | undefined {
    if (!(other instanceof DateTime)) return undefined;
    const [mine, its] = [this.offset, other.offset];
    if (mine === undefined && its === undefined) return new Duration(this.micros - other.micros);
    if (mine === undefined || its === undefined) {
      const problem = "a moment with an offset from UTC cannot be compared with one without";
      throw new TemplateFailure("other", problem);
    }
    return new Duration(this.#absolute(mine) - other.#absolute(its));
  }

  protected override methods(): Readonly<Record<string, Work>> {
    const { micros, offset } = this;
    const zone =
      offset === undefined ? undefined : `UTC${offset === 0 ? "" : offsetText(offset, ":")}`;
    return {
      strftime: ([format]) =>
        formatMoment(pythonStr(format), { micros, offset, zone, isDatetime: true }),
      isoformat: ([separator = "T"], { sep = separator }) => this.#iso(pythonStr(sep)),
      timestamp: () => floatOf(Number(this.#absolute(offset ?? localOffset(micros))) / 1_000_000),
      date: () => new CalendarDate(floorDivide(micros, DAY) * DAY),
      replace: (args, named) => new DateTime(replaced(this.micros, args, named), offset),
    };
  }

  #absolute(offset: number): bigint {
    return this.micros - BigInt(offset) * SECOND;
  }

  #iso(separator: string): string {
    const { micro } = wallTime(this.micros);
    const fraction = micro === 0 ? "" : `.${String(micro).padStart(6, "0")}`;
    const zone = this.offset === undefined ? "" : offsetText(this.offset, ":");
    const moment = { micros: this.micros, isDatetime: true };
    return (
      formatMoment(`%4Y-%m-%d${separator.replaceAll("%", "%%")}%H:%M:%S`, moment) + fraction + zone
    );
  }
}

/** A day. */
export class CalendarDate extends OnCalendar {
  readonly typeName = "date";

  /** @inheritdoc */
  override text(): string {
    return formatMoment("%4Y-%m-%d", { micros: this.micros, isDatetime: true });
  }

  /** @inheritdoc */
  override repr(): string {
    const { year, month, day } = wallTime(this.micros);
    return `datetime.date(${[year, month, day].join(", ")})`;
  }

  /** @inheritdoc */
  override equality(): string {
    return `<date ${this.micros}>`;
  }

  /** @inheritdoc */
  override json(): string {
    return this.text();
  }

  protected override fields() {
    const { year, month, day } = wallTime(this.micros);
    return { year, month, day };
  }

  /** Hours do not move a day. */
  protected override moved(micros: bigint): CalendarDate {
    return new CalendarDate(floorDivide(micros, DAY) * DAY);
  }

  protected override minus(other: unknown): Duration | undefined {
    return other instanceof CalendarDate ? new Duration(this.micros - other.micros) : undefined;
  }

  protected override methods(): Readonly<Record<string, Work>> {
    const { micros } = this;
    return {
      strftime: ([format]) => formatMoment(pythonStr(format), { micros, isDatetime: true }),
      isoformat: () => this.text(),
      replace: (args, named) => new CalendarDate(replaced(micros, args, named)),
      timetuple: () => {
        const { year, month, day } = wallTime(micros);
        return Tuple.of1([year, month, day, 0, 0, 0, weekday(micros), dayOfYear(micros), -1]);
      },
    };
  }
}

const REPLACEABLE = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

/** @throws TemplateFailure for what is no part of a moment */
function replaced(micros: bigint, args: readonly unknown[], named: Named): bigint {
  const given = {
    ...Object.fromEntries(args.map((it, at) => [REPLACEABLE[at] ?? "?", it])),
    ...named,
  };
  const { micro, ...time } = wallTime(micros);
  for (const [name, value] of Object.entries(given)) {
    if (REPLACEABLE.includes(name) && isInteger(value)) continue;
    throw new TemplateFailure(
      "other",
      `replace: ${name} is no part of a moment, or no whole number`,
    );
  }
  const { microsecond, ...rest } = {
    ...time,
    microsecond: micro,
    ...(given as Record<string, number>),
  };
  return microsOf({ ...rest, micro: microsecond });
}

function zoneRepr(offset: number): string {
  return offset === 0
    ? "datetime.timezone.utc"
    : `datetime.timezone(${new Duration(BigInt(offset) * SECOND).repr()})`;
}
