/**
 * Values of INI inventories: what Python's `ast.literal_eval` reads is that value, everything else is the text itself.
 * Source: Ansible's `ini` inventory plugin. Pure.
 */

import { isKey, keyName } from "../mapping-keys";
import { float } from "../yaml-scalars";

/** @returns the literal's value, or the text when it is none */
export function literalOrText(text: string): unknown {
  try {
    return new Literal(text).read();
  } catch (error) {
    if (error instanceof NoLiteral) return text;
    throw error;
  }
}

class NoLiteral extends Error {}

const WORDS = new Map<string, unknown>([
  ["True", true],
  ["False", false],
  ["None", null],
]);
const NUMBER =
  /[-+\s]*(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][-+]?\d+)?|\d(?:_?\d)*\.?(?:[eE][-+]?\d+)?)/y;
const QUOTED =
  /([rRbBuU]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')/y;
const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}" };
const MAX_DEPTH = 50;

class Literal {
  #at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  read(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.text.length) throw new NoLiteral();
    return value;
  }

  #space(): void {
    this.#take(/(?:\s|#[^\n]*)*/y);
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #isNext(char: string): boolean {
    this.#space();
    if (this.text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #value(): unknown {
    this.#space();
    const word = this.#take(/[A-Za-z_]\w*(?!["'\w])/y)?.[0];
    if (word !== undefined) {
      if (!WORDS.has(word)) throw new NoLiteral();
      return WORDS.get(word);
    }
    const open = this.text[this.#at] ?? "";
    const close = CLOSING[open];
    if (close !== undefined) {
      this.#at += 1;
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) throw new NoLiteral();
      const value = open === "{" ? this.#mappingOrSet() : this.#sequence(open, close);
      this.#depth -= 1;
      return value;
    }
    return this.#text() ?? this.#number();
  }

  #sequence(open: string, close: string): unknown {
    const items: unknown[] = [];
    let commas = 0;
    while (!this.#isNext(close)) {
      if (items.length > commas) throw new NoLiteral();
      items.push(this.#value());
      if (this.#isNext(",")) commas += 1;
    }
    // What stands alone in round brackets is no tuple.
    return open === "(" && items.length === 1 && commas === 0 ? items[0] : items;
  }

  #mappingOrSet(): unknown {
    const entries: [string, unknown][] = [];
    const items: unknown[] = [];
    let commas = 0;
    while (!this.#isNext("}")) {
      if (entries.length + items.length > commas) throw new NoLiteral();
      const key = this.#value();
      if (!this.#isNext(":")) items.push(key);
      else if (isKey(key)) entries.push([keyName(key), this.#value()]);
      else throw new NoLiteral();
      if (this.#isNext(",")) commas += 1;
    }
    if (entries.length > 0 && items.length > 0) throw new NoLiteral();
    return items.length > 0 ? [...new Set(items)] : Object.fromEntries(entries);
  }

  #text(): string | undefined {
    let whole: string | undefined;
    for (let found = this.#take(QUOTED); found; found = this.#take(QUOTED)) {
      const [, prefix = "", quoted = ""] = found;
      const width = /^("""|''')/.test(quoted) ? 3 : 1;
      const inner = quoted.slice(width, -width);
      whole = (whole ?? "") + (/r/i.test(prefix) ? inner : unescape(inner));
      this.#space();
    }
    return whole;
  }

  #number(): unknown {
    const found = this.#take(NUMBER)?.[0];
    if (found === undefined || /[\w.]/.test(this.text[this.#at] ?? "")) throw new NoLiteral();
    const digits = found.replace(/[-+\s_]/g, "");
    // 007 is no number; 1e5 and 0.5 are.
    if (/^0\d*[1-9]\d*$/.test(digits)) throw new NoLiteral();
    const exponent = /e[-+]?\d+$/i.exec(found.replace(/[\s_]/g, ""))?.[0] ?? "";
    const isWhole = !/[.eE]/.test(digits) || /^0x/i.test(digits);
    const mantissa = isWhole ? digits : found.replace(/[\s_]/g, "").replace(/^[-+]+/, "");
    const value = Number(exponent === "" || isWhole ? digits : mantissa);
    const signs = /^[-+\s]*/.exec(found)?.[0].replace(/[^-]/g, "") ?? "";
    const sign = signs.length % 2 === 1 ? -1 : 1;
    if (!isWhole) return float(sign * value);
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : sign * value;
    return BigInt(digits) * BigInt(sign);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, ...parts: (string | undefined)[]) => {
      const [x, u, long, octal, other] = parts;
      const hex = x ?? u ?? long;
      if (hex !== undefined) return characterOf(parseInt(hex, 16));
      if (octal !== undefined) return characterOf(parseInt(octal, 8));
      return ESCAPES[other ?? ""] ?? whole;
    },
  );
}

function characterOf(code: number): string {
  if (code > 0x10_ff_ff) throw new NoLiteral();
  return String.fromCodePoint(code);
}
