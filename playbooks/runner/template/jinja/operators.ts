/** Python's operators. Pure. */
import { ownName } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { formatPercent } from "../filters/format";
import { floatOf, integerOf, isInteger, isNumber, type WholeFloat } from "../numbers";
import { equalityKey, pythonEqual, pythonOrder, pythonType } from "../python";
import { isDict, TemplateObject, Tuple, Undefined } from "../values";

const MAX_LENGTH = 10_000_000;
const MAX_BITS = 100_000;

type Numeric = number | bigint | WholeFloat;
type Arithmetic = (left: unknown, right: unknown) => unknown;

/** `left operator right`. @throws TemplateFailure for types that do not fit */
export function binary(operator: string, left: unknown, right: unknown): unknown {
  for (const it of [left, right]) if (it instanceof Undefined) throw it.failure();
  const result = operated(operator, left, right) ?? ARITHMETIC[operator]?.(left, right);
  if (result !== undefined) return result;
  const types = `'${pythonType(left)}' and '${pythonType(right)}'`;
  throw new TemplateFailure("other", `the operator ${operator} does not take ${types}`);
}

function operated(operator: string, left: unknown, right: unknown): unknown {
  if (left instanceof TemplateObject) return left.operate(operator, right, "left");
  return right instanceof TemplateObject ? right.operate(operator, left, "right") : undefined;
}

/** A comparison. @throws TemplateFailure */
export function compare(operator: string, left: unknown, right: unknown): boolean {
  for (const it of [left, right]) if (it instanceof Undefined) throw it.failure();
  if (operator === "==") return pythonEqual(left, right);
  if (operator === "!=") return !pythonEqual(left, right);
  if (operator === "in") return contains(right, left);
  if (operator === "not in") return !contains(right, left);
  const order = pythonOrder(left, right);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** Python's `item in whole`. @throws TemplateFailure */
export function contains(whole: unknown, item: unknown): boolean {
  if (whole instanceof Undefined) throw whole.failure();
  if (typeof whole === "string") {
    if (typeof item === "string") return whole.includes(item);
    throw new TemplateFailure("other", `text cannot hold a value of the type ${pythonType(item)}`);
  }
  if (Array.isArray(whole)) {
    const key = equalityKey(item);
    return whole.some((it) => equalityKey(it) === key);
  }
  if (isDict(whole)) {
    return ownName(whole, item) !== undefined;
  }
  throw new TemplateFailure("other", `a value of the type ${pythonType(whole)} holds nothing`);
}

/** `-value` and `+value`. @throws TemplateFailure */
export function signed(sign: "negative" | "positive", value: unknown): unknown {
  return binary(sign === "negative" ? "-" : "+", 0, value);
}

function numeric(value: unknown): Numeric | undefined {
  if (typeof value === "boolean") return Number(value);
  return isNumber(value) ? value : undefined;
}

/** Whole numbers give whole numbers; else floats are reckoned with. */
function reckon(
  whole: (left: bigint, right: bigint) => bigint | undefined,
  float: (left: number, right: number) => number,
): Arithmetic {
  return (left, right) => {
    const [a, b] = [numeric(left), numeric(right)];
    if (a === undefined || b === undefined) return undefined;
    if (isInteger(a) && isInteger(b)) {
      const quick = float(Number(a), Number(b));
      if (Number.isSafeInteger(quick) && typeof a === "number" && typeof b === "number") {
        return quick === 0 ? 0 : quick;
      }
      const exact = whole(BigInt(a), BigInt(b));
      return exact === undefined ? floatOf(quick) : integerOf(exact);
    }
    return floatOf(float(Number(a), Number(b)));
  };
}

const floorDivide = reckon(
  (a, b) => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n),
  (a, b) => Math.floor(a / b),
);
const modulo = reckon(
  (a, b) => ((a % b) + b) % b,
  (a, b) => a - b * Math.floor(a / b),
);
const add = reckon(
  (a, b) => a + b,
  (a, b) => a + b,
);
const multiply = reckon(
  (a, b) => a * b,
  (a, b) => a * b,
);

const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  "+": (left, right) => {
    if (typeof left === "string" && typeof right === "string") return left + right;
    if (left instanceof Tuple && right instanceof Tuple)
      return Tuple.of1([...(left as unknown[]), ...(right as unknown[])]);
    if (left instanceof Tuple || right instanceof Tuple) return undefined;
    if (Array.isArray(left) && Array.isArray(right)) return (left as unknown[]).concat(right);
    return add(left, right);
  },
  "-": reckon(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  "*": (left, right) => repeat(left, right) ?? repeat(right, left) ?? multiply(left, right),
  "/": (left, right) => {
    const [a, b] = [numeric(left), numeric(right)];
    if (a === undefined || b === undefined) return undefined;
    return floatOf(Number(a) / Number(notZero(b)));
  },
  "//": (left, right) => floorDivide(left, notZero(right)),
  "%": (left, right) => {
    if (typeof left !== "string") return modulo(left, notZero(right));
    return formatPercent(left, right instanceof Tuple ? [...right] : [right], right);
  },
  "**": reckon(
    (a, b) => {
      if (b < 0n) return undefined;
      if (BigInt(a.toString(2).length) * b > BigInt(MAX_BITS)) throw tooLarge();
      return a ** b;
    },
    (a, b) => a ** b,
  ),
};

function notZero<T>(value: T): T {
  if (Number(numeric(value)) === 0) throw new TemplateFailure("other", "division by zero");
  return value;
}

function repeat(value: unknown, times: unknown): unknown {
  if (!isInteger(times) && typeof times !== "boolean") return undefined;
  const count = Math.max(0, Number(times));
  if (typeof value === "string") {
    if (value.length * count > MAX_LENGTH) throw tooLarge();
    return value.repeat(count);
  }
  if (!Array.isArray(value)) return undefined;
  if (value.length * count > MAX_LENGTH / 10) throw tooLarge();
  const items = Array.from({ length: count }, () => value as unknown[]).flat();
  return value instanceof Tuple ? Tuple.of1(items) : items;
}

function tooLarge(): TemplateFailure {
  return new TemplateFailure("other", "the value is too large for a template");
}
