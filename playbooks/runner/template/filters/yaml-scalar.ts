/** Scalars as PyYAML writes them: plain where they stay text, else single quotes, else double quotes. Pure. */

import { floatRepr, isFloat } from "../numbers";
import { pythonStr } from "../python";

/** Where a scalar stands. */
export interface ScalarPlace {
  /** Column of its continuation lines. */
  readonly column: number;
  /** Inside `[…]` or `{…}`. */
  readonly flow: boolean;
}

/** What plain text would be read as, were it not quoted: PyYAML's resolvers of YAML 1.1. */
const NOT_TEXT = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:~|null|Null|NULL|)$/,
  /^(?:<<|=)$/,
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[\da-fA-F_]+|[1-9][0-9_]*(?::[0-5]?\d)+)$/,
  /^[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?$/,
  /^[-+]?\.\d[\d_]*(?:[eE][-+]\d+)?$/,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/,
  /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];
const SPECIAL = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\ufeff/u;
const EITHER = /^[#,[\]{}&*!|>'"%@`]|^-(?:\s|$)|^(?:---|\.\.\.)|\s#|^\s|\s$|\n/;
const IN_BLOCK = /^[?:](?:\s|$)|:(?:\s|$)/;
const IN_FLOW = /^[?:]|[,?[\]{}:]/;

/** Writes a scalar. */
export function yamlScalar(value: unknown, place: ScalarPlace): string {
  if (value === null || value === undefined) return "null";
  if (isFloat(value)) return floatText(Number(value));
  if (typeof value !== "string") return pythonStr(value).toLowerCase();
  if (isPlain(value, place)) return value;
  if (SPECIAL.test(value) || /\n | \n/.test(value)) return doubleQuoted(value);
  const margin = " ".repeat(place.column);
  const text = value.replaceAll("'", "''");
  // In single quotes a break is written as an empty line, and the next line is indented.
  return `'${text.replace(/\n+/g, (it) => `\n${it}${margin}`)}'`;
}

/** Whether text stays the same without quotes. */
function isPlain(text: string, { flow }: ScalarPlace): boolean {
  if (SPECIAL.test(text) || EITHER.test(text)) return false;
  return !(flow ? IN_FLOW : IN_BLOCK).test(text) && !NOT_TEXT.some((it) => it.test(text));
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text)
    .replace(/\\u00([\da-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`)
    .replaceAll("\u007f", "\\x7F");
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  // PyYAML would read 1e16 as text.
  return floatRepr(value).replace(/^(-?\d+)e/, "$1.0e");
}
