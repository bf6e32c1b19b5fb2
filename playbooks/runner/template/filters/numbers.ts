/** Filters on numbers. Pure. */
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import { argument, type Callables } from "./callable";

const UNITS = ["", "K", "M", "G", "T", "P", "E"];

/** Filters on numbers. */
export const NUMBER_FILTERS: Callables = {
  int: {
    nullable: true,
    keywords: ["default", "base"],
    run: (value, args, context) => {
      const base = Number(argument(args, context, 1, "base") ?? 10);
      const fallback = argument(args, context, 0, "default") ?? 0;
      return typeof value === "string"
        ? parse(value, base, fallback)
        : (truncate(value) ?? fallback);
    },
  },
  log: {
    run: (value, [base]) =>
      Math.log(number(value)) / (base === undefined ? 1 : Math.log(number(base))),
  },
  pow: { run: (value, [exponent]) => number(value) ** number(exponent) },
  root: { run: (value, [degree = 2]) => number(value) ** (1 / number(degree)) },
  human_readable: {
    keywords: ["isbits", "unit"],
    run: (value, _args, { named }) => {
      const bytes = number(value);
      const power = Math.min(
        UNITS.length - 1,
        Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)),
      );
      const unit = named.isbits === true ? "b" : "B";
      const name =
        power === 0 ? (named.isbits === true ? "bits" : "Bytes") : (UNITS[power] ?? "") + unit;
      return `${(bytes / 1024 ** power).toFixed(2)} ${name}`;
    },
  },
  human_to_bytes: {
    run: (value) => {
      const found = /^\s*([\d.]+)\s*([KMGTPE]?)(?:i?B|b)?\s*$/i.exec(pythonStr(value));
      if (!found) throw new TemplateFailure("other", "human_to_bytes: not a size");
      return Math.round(Number(found[1]) * 1024 ** UNITS.indexOf((found[2] ?? "").toUpperCase()));
    },
  },
};

function parse(text: string, base: number, fallback: unknown): unknown {
  const clean = text.trim().replaceAll("_", "");
  const digits =
    base === 16
      ? /^[-+]?(0x)?[\da-f]+$/i
      : base === 10
        ? /^[-+]?\d+(\.\d*)?$/
        : /^[-+]?(0[ob])?[0-7]+$/i;
  if (!digits.test(clean)) return fallback;
  return parseInt(clean.replace(/^([-+]?)0[xob]/i, "$1"), base);
}

function truncate(value: unknown): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? Math.trunc(value) : undefined;
}

function number(value: unknown): number {
  const found = typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
  if (Number.isNaN(found))
    throw new TemplateFailure("other", `${pythonStr(value)} is not a number`);
  return found;
}
