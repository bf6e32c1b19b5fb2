/** Python's two ways of formatting text: `%` and `str.format`. Pure. */
import { TemplateFailure } from "../failure";
import { memberOf } from "../jinja/members";
import { isInteger, plainNumber } from "../numbers";
import { pythonRepr, pythonStr } from "../python";
import { isDict, Undefined } from "../values";

const PERCENT =
  /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ 0#]*)(?<width>\*|\d+)?(?:\.(?<precision>\d+))?(?<kind>[a-zA-Z%])/g;
const BRACES = /\{\{|\}\}|\{(?<key>[^{}!:]*)(?:!(?<turn>[rsa]))?(?::(?<spec>[^{}]*))?\}|[{}]/g;
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[-+ ])?#?(?<zero>0)?(?<width>\d+)?(?<comma>[,_])?(?:\.(?<precision>\d+))?(?<kind>[sdifFxXobeEgGcn%])?$/u;
const MAX_WIDTH = 100_000;

type Groups = Readonly<Record<string, string | undefined>>;

/** `"%s-%03d" % (a, b)`; `whole` is what `%(name)s` looks into. @throws TemplateFailure */
export function formatPercent(pattern: string, args: readonly unknown[], whole?: unknown): string {
  let next = 0;
  const text = pattern.replace(PERCENT, (_, ...rest) => {
    const { key, kind = "", flags = "", width, precision } = rest.at(-1) as Groups;
    if (kind === "%") return "%";
    if (key === undefined && next >= args.length) {
      throw new TemplateFailure("other", "format: not enough arguments");
    }
    const value = key === undefined ? args[next] : needed(memberOf(whole, key));
    if (key === undefined) next += 1;
    return pad(show(value, kind, precision, flags), flags, bounded(width));
  });
  if (next < args.length && !isDict(whole)) {
    throw new TemplateFailure("other", "format: not all arguments are used");
  }
  return text;
}

/** `"{} {name}".format(a, name=b)`. @throws TemplateFailure */
export function formatBraces(pattern: string, args: readonly unknown[], named: unknown): string {
  let next = 0;
  return pattern.replace(BRACES, (whole: string, ...rest) => {
    if (whole === "{{" || whole === "}}") return whole.slice(1);
    if (whole === "{" || whole === "}")
      throw new TemplateFailure("other", "format: a single brace");
    const { key = "", turn, spec = "" } = rest.at(-1) as Groups;
    const [root = "", ...path] = key.split(/\.|\[|\]\.?/).filter((it, at) => at === 0 || it !== "");
    const position = root === "" ? next : Number(root);
    if (root === "") next += 1;
    const start = Number.isInteger(position)
      ? (args[position] ?? memberOf(args, position))
      : memberOf(named, root);
    const value = path.reduce(
      (it, one) => memberOf(it, /^\d+$/.test(one) ? Number(one) : one),
      start,
    );
    const turned = turn === undefined || turn === "s" ? value : pythonRepr(value);
    return formatSpec(needed(turned), spec);
  });
}

function needed(value: unknown): unknown {
  if (value instanceof Undefined) throw new TemplateFailure("other", `format: ${value.reason}`);
  return value;
}

function bounded(width: string | undefined): number {
  const size = Number(width ?? 0);
  if (size <= MAX_WIDTH) return size;
  throw new TemplateFailure("other", "format: the width is too large, or no number");
}

function formatSpec(value: unknown, spec: string): string {
  if (spec === "") return pythonStr(value);
  const found = SPEC.exec(spec)?.groups;
  if (!found) throw new TemplateFailure("other", `format: unknown format {:${spec}}`);
  const number = plainNumber(value);
  const kind = found.kind ?? (number === undefined ? "s" : isInteger(value) ? "d" : "r");
  if (number === undefined && kind !== "s") {
    throw new TemplateFailure("other", `format: {:${spec}} needs a number`);
  }
  if (number !== undefined && kind === "s") {
    throw new TemplateFailure("other", `format: {:${spec}} needs text`);
  }
  const precision = found.precision;
  let text =
    kind === "%"
      ? `${((number ?? 0) * 100).toFixed(Number(precision ?? 6))}%`
      : show(value, kind === "r" && precision !== undefined ? "g" : kind, precision, "");
  if (found.comma !== undefined) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, found.comma);
  if (found.sign === "+" && !text.startsWith("-")) text = `+${text}`;
  if (found.sign === " " && !text.startsWith("-")) text = ` ${text}`;
  return aligned(text, found, number !== undefined);
}

function aligned(text: string, found: Groups, isNumber: boolean): string {
  const room = Math.max(0, bounded(found.width) - Array.from(text).length);
  const fill = found.fill ?? (found.zero === undefined ? " " : "0");
  const align = found.align ?? (found.zero !== undefined && isNumber ? "=" : isNumber ? ">" : "<");
  if (align === "=") return text.replace(/^[-+ ]?/, (sign) => sign + fill.repeat(room));
  if (align === ">") return fill.repeat(room) + text;
  if (align === "<") return text + fill.repeat(room);
  const left = Math.floor(room / 2);
  return fill.repeat(left) + text + fill.repeat(room - left);
}

function show(value: unknown, kind: string, precision: string | undefined, flags: string): string {
  if (value instanceof Undefined) throw value.failure();
  if (kind === "s" || kind === "r" || kind === "a") {
    const text = kind === "s" ? pythonStr(value) : pythonRepr(value);
    return precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join("");
  }
  const number = plainNumber(value);
  if (number === undefined) throw new TemplateFailure("other", `format: %${kind} needs a number`);
  const sign =
    number >= 0 && flags.includes("+") ? "+" : number >= 0 && flags.includes(" ") ? " " : "";
  return sign + digits({ value, number, kind, precision, alternate: flags.includes("#") });
}

interface Digits {
  readonly value: unknown;
  readonly number: number;
  readonly kind: string;
  readonly precision: string | undefined;
  readonly alternate: boolean;
}

function digits({ value, number, kind, precision, alternate }: Digits): string {
  const places = Math.min(100, Number(precision ?? 6));
  const whole = isInteger(value) ? BigInt(value) : BigInt(Math.trunc(number));
  const radix = { x: 16, X: 16, o: 8, b: 2 }[kind];
  if (radix !== undefined) {
    if (!isInteger(value) && typeof value !== "boolean") {
      throw new TemplateFailure("other", `format: %${kind} needs a whole number`);
    }
    const prefix = alternate ? `0${kind.toLowerCase()}` : "";
    const text = whole.toString(radix).replace(/^-?/, (it) => it + prefix);
    return kind === "X" ? text.toUpperCase() : text;
  }
  if ("diu".includes(kind)) return String(whole);
  if (kind === "c") return String.fromCodePoint(number);
  if (kind === "f" || kind === "F") return number.toFixed(places);
  if (kind === "e" || kind === "E") return exponent(number.toExponential(places), kind === "E");
  if (kind === "g" || kind === "G") return general(number, Math.max(1, places), kind === "G");
  throw new TemplateFailure("other", `format: unknown kind %${kind}`);
}

function exponent(text: string, upper: boolean): string {
  const padded = text.replace(/e([-+])(\d)$/, "e$10$2");
  return upper ? padded.toUpperCase() : padded;
}

function general(number: number, places: number, upper: boolean): string {
  const power = number === 0 ? 0 : Number(number.toExponential(places - 1).split("e")[1]);
  if (power < -4 || power >= places) {
    const text = number.toExponential(places - 1).replace(/\.?0+e/, "e");
    return exponent(text, upper);
  }
  const text = number.toFixed(Math.max(0, places - 1 - power));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function pad(text: string, flags: string, width: number): string {
  const room = Math.max(0, width - Array.from(text).length);
  if (flags.includes("-")) return text + " ".repeat(room);
  if (!flags.includes("0")) return " ".repeat(room) + text;
  return text.replace(/^[-+ ]?/, (sign) => sign + "0".repeat(room));
}
