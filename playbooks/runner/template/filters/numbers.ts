/** Filters on numbers. Pure. */
import { TemplateFailure } from "../failure";
import { floatOf, integerOf, isFloat, isInteger, plainNumber } from "../numbers";
import { pythonBool, pythonStr, pythonType } from "../python";
import type { Callables } from "./callable";

const SIZES: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from("BKMGTPEZY", (it, power) => [it, 1024 ** power]),
);

const PREFIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };

/** Filters on numbers. */
export const NUMBER_FILTERS: Callables = {
  int: {
    params: ["default", "base"],
    run: (value, [fallback = 0, base = 10]) =>
      typeof value === "string"
        ? parse(value, Number(base), fallback)
        : (truncated(value) ?? fallback),
  },
  float: {
    params: ["default"],
    run: (value, [fallback = floatOf(0)]) => {
      if (typeof value === "string") return parseFloatOf(value) ?? fallback;
      const number = plainNumber(value);
      return number === undefined ? fallback : floatOf(number);
    },
  },
  abs: {
    run: (value) => {
      if (isInteger(value)) return value < 0 ? -value : value;
      return isFloat(value) ? floatOf(Math.abs(Number(value))) : Math.abs(number(value));
    },
  },
  round: {
    params: ["precision", "method"],
    run: (value, [precision = 0, method = "common"]) => {
      if (plainNumber(value) === undefined)
        throw new TemplateFailure("other", "round needs a number");
      const places = Number(precision);
      const rounded = roundTo(number(value), places, pythonStr(method));
      return isInteger(value) && method === "common"
        ? integerOf(BigInt(rounded))
        : floatOf(rounded);
    },
  },
  log: {
    params: ["base"],
    run: (value, [base = Math.E]) => {
      const [x, b] = [number(value), number(base)];
      if (x <= 0) throw new TemplateFailure("other", "log needs a number above 0");
      return floatOf(
        b === 10 ? Math.log10(x) : b === Math.E ? Math.log(x) : Math.log(x) / Math.log(b),
      );
    },
  },
  pow: {
    params: ["exponent"],
    run: (value, [exponent]) => floatOf(number(value) ** number(exponent)),
  },
  root: {
    params: ["base"],
    run: (value, [degree = 2]) =>
      floatOf(
        number(degree) === 2 ? Math.sqrt(number(value)) : number(value) ** (1 / number(degree)),
      ),
  },
  human_readable: {
    params: ["isbits", "unit"],
    run: (value, [isBits = false, unit]) => {
      const size = number(value);
      const base = pythonBool(isBits) ? "bits" : "Bytes";
      const wanted =
        unit === undefined || unit === null ? undefined : pythonStr(unit).toUpperCase();
      const found =
        Object.entries(SIZES)
          .reverse()
          .find(([name, limit]) => (wanted === undefined ? size >= limit : wanted === name)) ??
        (["B", 1] as const);
      const [name, limit] = found;
      return `${(size / limit).toFixed(2)} ${limit === 1 ? base : name + base.charAt(0)}`;
    },
  },
  human_to_bytes: {
    params: ["default_unit", "isbits"],
    run: (value, [unit, isBits = false]) => bytesOf(pythonStr(value), unit, pythonBool(isBits)),
  },
  filesizeformat: {
    params: ["binary"],
    run: (value, [binary = false]) => {
      const base = pythonBool(binary) ? 1024 : 1000;
      const bytes = Number(typeof value === "string" ? value : number(value));
      if (Number.isNaN(bytes)) throw new TemplateFailure("other", "filesizeformat needs a number");
      if (bytes === 1) return "1 Byte";
      if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
      const names = Array.from("kMGTPEZY");
      const power = Math.min(names.length, Math.floor(Math.log(bytes) / Math.log(base) + 1e-12));
      const name = names[power - 1] ?? "";
      const unit = pythonBool(binary) ? `${name.toUpperCase()}iB` : `${name}B`;
      return `${(bytes / base ** power).toFixed(1)} ${unit}`;
    },
  },
};

function bytesOf(text: string, fallback: unknown, isBits: boolean): number {
  const refuse = (): TemplateFailure =>
    new TemplateFailure("other", `human_to_bytes: \`${text}\` is no size`);
  const found = /^\s*(\d*\.?\d*)\s*([A-Za-z]+)?/.exec(text);
  const amount = Number(found?.[1] ?? "");
  if (!found?.[1] || Number.isNaN(amount)) throw refuse();
  const unit = found[2] ?? (fallback === undefined || fallback === null ? "" : pythonStr(fallback));
  if (unit === "") return roundHalfEven(amount);
  const limit = SIZES[unit.charAt(0).toUpperCase()];
  const named = unit.toLowerCase().includes(isBits ? "bit" : "byte");
  if (limit === undefined || (unit.length > 1 && !named && unit[1] !== (isBits ? "b" : "B"))) {
    throw refuse();
  }
  return roundHalfEven(amount * limit);
}

function parse(text: string, base: number, fallback: unknown): unknown {
  const clean = text.trim().replace(/(?<=[\da-z])_(?=[\da-z])/gi, "");
  const bare = clean.replace(/^([-+]?)0([xob])/i, (whole, sign: string, mark: string) =>
    PREFIXES[mark.toLowerCase()] === base ? sign : whole,
  );
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  if (new RegExp(`^[-+]?[${digits}]+$`, "i").test(bare)) {
    if (base === 10)
      return integerOf(
        BigInt(bare.replace(/^\+/, "").replace(/^-/, "")) * (bare.startsWith("-") ? -1n : 1n),
      );
    return parseInt(bare, base);
  }
  const float = parseFloatOf(text);
  return float === undefined ? fallback : (truncated(float) ?? fallback);
}

function parseFloatOf(text: string): ReturnType<typeof floatOf> | undefined {
  const clean = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
  const word = /^([-+]?)(inf|infinity|nan)$/i.exec(clean);
  if (word) {
    const size = word[2]?.toLowerCase() === "nan" ? NaN : Infinity;
    return floatOf(word[1] === "-" ? -size : size);
  }
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(clean)) return undefined;
  return floatOf(Number(clean));
}

function truncated(value: unknown): number | bigint | undefined {
  if (isInteger(value)) return value;
  const found = plainNumber(value);
  return found === undefined || !Number.isFinite(found)
    ? undefined
    : integerOf(BigInt(Math.trunc(found)));
}

function roundTo(value: number, places: number, method: string): number {
  const scale = 10 ** places;
  if (method === "ceil") return Math.ceil(value * scale) / scale;
  if (method === "floor") return Math.floor(value * scale) / scale;
  if (method !== "common") throw new TemplateFailure("other", "round: common, ceil or floor");
  if (places <= 0) return roundHalfEven(value * scale) / scale;
  return Number(exactFixed(value, Math.min(100, places)));
}

/** `toFixed` rounds the exact value, but ties away from zero; Python rounds them to the even digit. */
function exactFixed(value: number, places: number): string {
  const scaled = value * 10 ** places;
  const isTie = Math.abs(scaled % 1) === 0.5 && scaled / 10 ** places === value;
  const exact =
    isTie && value.toFixed(Math.min(100, places + 25)).slice(-25) === `5${"0".repeat(24)}`;
  return exact ? String(roundHalfEven(scaled) / 10 ** places) : value.toFixed(places);
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

function number(value: unknown): number {
  const found = plainNumber(value);
  if (found !== undefined) return found;
  throw new TemplateFailure(
    "other",
    `a number is needed, not a value of the type ${pythonType(value)}`,
  );
}
