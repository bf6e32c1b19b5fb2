/** Python's two ways of formatting text: `%` and `str.format`. Pure. */
import { TemplateFailure } from "../failure";
import { pythonRepr, pythonStr } from "../python";

const PERCENT =
  /%(?:(?<flags>[-+ 0#]*)(?<width>\d+)?(?:\.(?<precision>\d+))?(?<kind>[sdifxXoreEgG])|%)/g;
const BRACES = /\{\{|\}\}|\{(?<key>[^{}!:]*)(?::(?<spec>[^{}]*))?\}/g;
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>^]))?(?<zero>0)?(?<width>\d+)?(?:\.(?<precision>\d+))?(?<kind>[sdfxXob])?$/;

/** `"%s-%03d" % (a, b)`. */
export function formatPercent(pattern: string, args: readonly unknown[]): string {
  let next = 0;
  return pattern.replace(PERCENT, (whole, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    if (groups.kind === undefined) return "%";
    if (next >= args.length) throw new TemplateFailure("other", "format: not enough arguments");
    const text = show(args[next], groups.kind, groups.precision);
    next += 1;
    return pad(text, groups.flags ?? "", Number(groups.width ?? 0)) || (whole === "" ? "" : text);
  });
}

/** `"{} {name}".format(a, name=b)`. */
export function formatBraces(
  pattern: string,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): string {
  let next = 0;
  return pattern.replace(BRACES, (whole: string, ...rest) => {
    if (whole === "{{" || whole === "}}") return whole.slice(1);
    const { key = "", spec = "" } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const position = key === "" ? next : Number(key);
    if (key === "") next += 1;
    const value = Number.isInteger(position) ? args[position] : named[key];
    if (value === undefined) throw new TemplateFailure("other", `format: no value for {${key}}`);
    return formatSpec(value, spec);
  });
}

function formatSpec(value: unknown, spec: string): string {
  const found = SPEC.exec(spec)?.groups;
  if (!found) throw new TemplateFailure("other", `format: unknown format {:${spec}}`);
  const text = show(value, found.kind ?? "s", found.precision);
  const width = Number(found.width ?? 0);
  const fill = found.zero === undefined ? (found.fill ?? " ") : "0";
  const align = found.align ?? (typeof value === "number" ? ">" : "<");
  if (align === ">") return text.padStart(width, fill);
  if (align === "<") return text.padEnd(width, fill);
  const left = Math.floor(Math.max(0, width - text.length) / 2);
  return text.padStart(text.length + left, fill).padEnd(width, fill);
}

function show(value: unknown, kind: string, precision: string | undefined): string {
  const number = Number(value);
  if (kind === "s")
    return pythonStr(value).slice(0, precision === undefined ? undefined : +precision);
  if (kind === "r") return pythonRepr(value);
  if (Number.isNaN(number)) throw new TemplateFailure("other", `format: %${kind} needs a number`);
  if (kind === "d" || kind === "i") return String(Math.trunc(number));
  if (kind === "f") return number.toFixed(Number(precision ?? 6));
  if (kind === "x") return number.toString(16);
  if (kind === "X") return number.toString(16).toUpperCase();
  if (kind === "o") return number.toString(8);
  if (kind === "b") return number.toString(2);
  return kind === "e" || kind === "E"
    ? number.toExponential(Number(precision ?? 6))
    : String(number);
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0")) return text.padStart(width);
  return text.startsWith("-")
    ? `-${text.slice(1).padStart(width - 1, "0")}`
    : text.padStart(width, "0");
}
