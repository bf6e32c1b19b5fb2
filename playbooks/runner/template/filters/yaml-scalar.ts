/** Scalars as PyYAML writes them: plain where they stay text, else single quotes, else double quotes. Pure. */

import { floatRepr, isFloat } from "../numbers";
import { pythonStr } from "../python";

/** Where a scalar stands. */
export interface ScalarPlace {
  /** Column of its continuation lines. */
  readonly column: number;
  /** Inside `[…]` or `{…}`. */
  readonly flow: boolean;
  /** Column at which it begins. */
  readonly at: number;
  /** Columns behind which it goes on in the next line. */
  readonly width: number;
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
  if (isPlain(value, place)) return folded(value, place);
  if (SPECIAL.test(value) || /\n | \n/.test(value)) {
    return `"${folded(doubleQuoted(value), { ...place, at: place.at + 1 })}"`;
  }
  const text = value.replaceAll("'", "''");
  return `'${folded(text, { ...place, at: place.at + 1 })}'`;
}

/**
 * A lone space behind the width becomes a break. In single quotes a break of the text is written as an empty
 * line, and the next line is indented.
 */
function folded(text: string, { at, width, column }: ScalarPlace): string {
  const margin = " ".repeat(column);
  let written = "";
  let now = at;
  for (const [piece] of text.matchAll(/\n+| +|[^ \n]+/g)) {
    if (piece.startsWith("\n")) {
      written += `\n${piece}${margin}`;
      now = column;
    } else if (piece === " " && now > width && written !== "") {
      written += `\n${margin}`;
      now = column;
    } else {
      written += piece;
      now += piece.length;
    }
  }
  return written;
}

/** Whether text stays the same without quotes. */
function isPlain(text: string, { flow }: ScalarPlace): boolean {
  if (SPECIAL.test(text) || EITHER.test(text)) return false;
  return !(flow ? IN_FLOW : IN_BLOCK).test(text) && !NOT_TEXT.some((it) => it.test(text));
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\u00([\da-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`)
    .replaceAll("\u007f", "\\x7F");
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  // PyYAML would read 1e16 as text.
  return floatRepr(value).replace(/^(-?\d+)e/, "$1.0e");
}
