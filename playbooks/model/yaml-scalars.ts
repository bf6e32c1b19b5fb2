/**
 * Plain scalars as PyYAML reads them: its own resolvers of YAML 1.1, which are not those of the specification.
 * Source: PyYAML's resolver.py and constructor.py. Pure.
 */
import { WholeFloat } from "../../core/whole-float";

type Reading = readonly [RegExp, (text: string) => unknown];

/** Dates and times are texts here, as Python prints them. */
const READINGS: readonly Reading[] = [
  [/^(?:~|null|Null|NULL|)$/, () => null],
  [/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/, () => true],
  [/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/, () => false],
  [/^[-+]?0b_*[01][01_]*$/, (it) => whole(it, 2)],
  [/^[-+]?0x_*[\da-fA-F][\da-fA-F_]*$/, (it) => whole(it, 16)],
  [/^[-+]?0[0-7_]+$/, (it) => whole(it, 8)],
  [/^[-+]?(?:0|[1-9][\d_]*)$/, (it) => whole(it, 10)],
  [/^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/, sexagesimal],
  [/^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/, (it) => float(Number(bare(it)))],
  [/^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/, (it) => float(sexagesimal(it))],
  [/^[-+]?\.(?:inf|Inf|INF)$/, (it) => new WholeFloat(it.startsWith("-") ? -Infinity : Infinity)],
  [/^\.(?:nan|NaN|NAN)$/, () => new WholeFloat(NaN)],
  [/^\d{4}-\d\d-\d\d$/, (it) => it],
  [
    /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
    moment,
  ],
];

/** The value of a plain scalar. */
export function readScalar(text: string): unknown {
  // Whatever is read as something else begins with one of these.
  if (!/^(?:[-+.~\d]|[yntofYNTOF]|$)/.test(text)) return text;
  const [, read] = READINGS.find(([test]) => test.test(text)) ?? [];
  return read ? read(text) : text;
}

/** A whole number: exact, whatever its size. */
export function whole(text: string, base: number): number | bigint {
  const digits = bare(text)
    .replace(/^[-+]/, "")
    .replace(/^0[bx]/, "");
  const prefix = { 2: "0b", 8: "0o", 16: "0x" }[base] ?? "";
  const value = BigInt(prefix + digits) * (text.startsWith("-") ? -1n : 1n);
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}

/** A float. */
export function float(value: number): number | WholeFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? new WholeFloat(value) : value;
}

function bare(text: string): string {
  return text.replaceAll("_", "");
}

/** 1:30 is ninety. */
function sexagesimal(text: string): number {
  const parts = bare(text).replace(/^[-+]/, "").split(":");
  const value = parts.reduce((sum, it) => sum * 60 + Number(it), 0);
  return text.startsWith("-") ? -value : value;
}

const MOMENT =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?$/;

function moment(text: string): string {
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = ""] =
    MOMENT.exec(text) ?? [];
  const [, zulu, sign, hours = "", minutes = "00"] = MOMENT.exec(text)?.slice(7) ?? [];
  const two = (it: string): string => it.padStart(2, "0");
  const micro = fraction.slice(0, 6).padEnd(6, "0");
  const zone =
    zulu !== undefined ? "+00:00" : sign === undefined ? "" : `${sign}${two(hours)}:${minutes}`;
  const time = `${two(hour)}:${minute}:${second}${micro === "000000" ? "" : `.${micro}`}`;
  return `${year}-${two(month)}-${two(day)} ${time}${zone}`;
}
