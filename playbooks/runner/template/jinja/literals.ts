/** Literals of the language: Python's numbers and escapes in strings. Pure. */
import type { Token } from "../../../model/template/tokens";
import { floatOf, integerOf } from "../numbers";

const ESCAPE =
  /\\(?:\n|([abfnrtv\\'"])|([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;
const NAMED: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The value of a string token; unknown escapes stay as they are. */
export function stringValue({ text }: Token, escapes: boolean): string {
  const inner = text.slice(1, -1);
  if (!escapes) return inner.replaceAll(`\\${text.charAt(0)}`, text.charAt(0));
  return inner.replace(
    ESCAPE,
    (_, named?: string, octal?: string, x?: string, u?: string, long?: string) => {
      if (named !== undefined) return NAMED[named] ?? named;
      if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
      const hex = x ?? u ?? long;
      return hex === undefined ? "" : String.fromCodePoint(Math.min(0x10ffff, parseInt(hex, 16)));
    },
  );
}

/** The value of a number token. */
export function numberValue({ text }: Token): unknown {
  const plain = text.replaceAll("_", "");
  const whole = /^(?:0[xXoObB][\da-fA-F]+|\d+)$/.test(plain);
  return whole ? integerOf(BigInt(plain.toLowerCase())) : floatOf(Number(plain));
}
