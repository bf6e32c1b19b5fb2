/** Python's timedelta: the time between two moments. Pure. */
import { floatOf, isNumber, WholeFloat } from "../numbers";
import { TemplateFailure } from "../failure";
import { TemplateFunction, TemplateObject } from "../values";
import { DAY, floorDivide, SECOND } from "./calendar";

/** See the file's header. */
export class Duration extends TemplateObject {
  readonly typeName = "timedelta";

  /** @param micros - microseconds, negative ones back in time */
  constructor(readonly micros: bigint) {
    super();
  }

  /** @inheritdoc */
  override member(name: string): unknown {
    const { days, seconds, micros } = this.#parts();
    if (name === "days") return days;
    if (name === "seconds") return seconds;
    if (name === "microseconds") return micros;
    if (name !== "total_seconds") return undefined;
    return new TemplateFunction(name, () => floatOf(Number(this.micros) / 1_000_000));
  }

  /** @inheritdoc */
  override text(): string {
    const { days, seconds, micros } = this.#parts();
    const two = (value: number): string => String(value).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const time = `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const whole = days === 0 ? time : `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${time}`;
    return micros === 0 ? whole : `${whole}.${String(micros).padStart(6, "0")}`;
  }

  /** @inheritdoc */
  override repr(): string {
    const { days, seconds, micros } = this.#parts();
    const parts = Object.entries({ days, seconds, microseconds: micros })
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `${name}=${value}`);
    return `datetime.timedelta(${parts.length === 0 ? "0" : parts.join(", ")})`;
  }

  /** @inheritdoc */
  override equality(): string {
    return `<timedelta ${this.micros}>`;
  }

  /** @inheritdoc */
  override isTrue(): boolean {
    return this.micros !== 0n;
  }

  /** @inheritdoc */
  override orderTo(other: unknown): number | undefined {
    if (!(other instanceof Duration)) return undefined;
    return this.micros === other.micros ? 0 : this.micros < other.micros ? -1 : 1;
  }

  /** @inheritdoc */
  override operate(operator: string, other: unknown, side: "left" | "right"): unknown {
    if (other instanceof Duration) return between(operator, this.micros, other.micros);
    // `-duration` is 0 minus it; nothing else is taken from a number.
    if (operator === "-" && side === "right" && other === 0) return new Duration(-this.micros);
    if (!isNumber(other)) return undefined;
    if (operator === "*") return scaled(this.micros, other);
    if (side === "right" || (operator !== "/" && operator !== "//")) return undefined;
    if (Number(other) === 0) throw new TemplateFailure("other", "division by zero");
    if (operator === "/") return new Duration(rounded(Number(this.micros) / Number(other)));
    if (other instanceof WholeFloat || !Number.isInteger(Number(other))) return undefined;
    return new Duration(floorDivide(this.micros, BigInt(other)));
  }

  /** Python keeps days of any sign, and seconds and microseconds that are not negative. */
  #parts(): { days: number; seconds: number; micros: number } {
    const days = floorDivide(this.micros, DAY);
    const rest = this.micros - days * DAY;
    return {
      days: Number(days),
      seconds: Number(rest / SECOND),
      micros: Number(rest % SECOND),
    };
  }
}

function between(operator: string, left: bigint, right: bigint): unknown {
  if (operator === "+") return new Duration(left + right);
  if (operator === "-") return new Duration(left - right);
  if (!["/", "//", "%"].includes(operator)) return undefined;
  if (right === 0n) throw new TemplateFailure("other", "division by zero");
  if (operator === "/") return floatOf(Number(left) / Number(right));
  const quotient = floorDivide(left, right);
  return operator === "//" ? Number(quotient) : new Duration(left - quotient * right);
}

function scaled(micros: bigint, by: number | bigint | WholeFloat): Duration {
  const isWhole = typeof by === "bigint" || (typeof by === "number" && Number.isInteger(by));
  return new Duration(isWhole ? micros * BigInt(by) : rounded(Number(micros) * Number(by)));
}

/** Halves go to the even neighbour. */
function rounded(value: number): bigint {
  if (!Number.isFinite(value)) throw new TemplateFailure("other", "the duration is too long");
  const down = Math.floor(value);
  const isUp = value - down > 0.5 || (value - down === 0.5 && down % 2 !== 0);
  return BigInt(isUp ? down + 1 : down);
}
