/** Python's methods of text. Pure. */
import { withoutLastLineEnds } from "../../../../../core/line-ends";
import { keyValue } from "../../../../model/mapping-keys";
import { TemplateFailure } from "../../failure";
import { formatBraces } from "../../filters/format";
import { isDict, Tuple } from "../../values";
import { countArgument, textArgument, type Method } from "./method";

type Work = (
  text: string,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
) => unknown;

const method = (run: Work, least = 0, most = 0, keywords?: Method["keywords"]): Method => ({
  least,
  most,
  ...(keywords ? { keywords } : {}),
  run: (value, args, named) => run(textArgument(value), args, named),
});

/** What Python takes for space. */
const SPACE = "[\\s\\x1c-\\x1f\\x85]";

/** Text without these characters, or without space, at the chosen ends. */
export function strip(text: string, characters: unknown, ends: "both" | "left" | "right"): string {
  if (characters === undefined || characters === null) {
    const left = ends === "right" ? text : text.replace(new RegExp(`^${SPACE}+`), "");
    return ends === "left" ? left : left.replace(new RegExp(`${SPACE}+$`), "");
  }
  const set = new Set(textArgument(characters));
  const letters = Array.from(text);
  const from = ends === "right" ? 0 : letters.findIndex((it) => !set.has(it));
  const to = ends === "left" ? letters.length - 1 : letters.findLastIndex((it) => !set.has(it));
  return from < 0 ? "" : letters.slice(from, to + 1).join("");
}

/** Python's `split`. */
export function split(text: string, separator: unknown, limit = -1): string[] {
  if (separator === undefined || separator === null) {
    const words = strip(text, undefined, "left");
    if (limit < 0) return words.split(new RegExp(`${SPACE}+`)).filter(Boolean);
    const found: string[] = [];
    let rest = words;
    while (rest !== "" && found.length < limit) {
      const match = new RegExp(`${SPACE}+`).exec(rest);
      found.push(match ? rest.slice(0, match.index) : rest);
      rest = match ? rest.slice(match.index + match[0].length) : "";
    }
    return rest === "" ? found : [...found, rest];
  }
  const mark = textArgument(separator);
  if (mark === "") throw new TemplateFailure("other", "split: the separator is empty");
  const parts = text.split(mark);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

function splitFromRight(text: string, separator: unknown, limit: number): string[] {
  if (separator === undefined || separator === null) {
    const turned = (it: string): string => Array.from(it).reverse().join("");
    return split(turned(text), undefined, limit).map(turned).reverse();
  }
  const mark = textArgument(separator);
  const parts = split(text, mark);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const keep = parts.length - limit;
  return [parts.slice(0, keep).join(mark), ...parts.slice(keep)];
}

function pad(text: string, width: unknown, fill: unknown, side: "left" | "right" | "both"): string {
  const mark = fill === undefined ? " " : textArgument(fill);
  if (Array.from(mark).length !== 1) throw new TemplateFailure("other", "one letter is needed");
  const room = Math.max(0, countArgument(width) - Array.from(text).length);
  if (room > 10_000_000) throw new TemplateFailure("other", "the text is too large");
  if (side === "left") return mark.repeat(room) + text;
  if (side === "right") return text + mark.repeat(room);
  // Python puts the odd one to the left when the width is odd.
  const left = Math.floor(room / 2) + (room & (room + Array.from(text).length) & 1);
  return mark.repeat(left) + text + mark.repeat(room - left);
}

function partition(text: string, separator: unknown, fromRight: boolean): Tuple {
  const mark = textArgument(separator);
  const at = fromRight ? text.lastIndexOf(mark) : text.indexOf(mark);
  if (at < 0) return Tuple.of1(fromRight ? ["", "", text] : [text, "", ""]);
  return Tuple.of1([text.slice(0, at), mark, text.slice(at + mark.length)]);
}

function affixed(test: (text: string, affix: string) => boolean): Method {
  return method(
    (text, [affix]) =>
      (Array.isArray(affix) ? (affix as unknown[]) : [affix]).some((it) =>
        test(text, textArgument(it)),
      ),
    1,
    1,
  );
}

function find(text: string, part: unknown, fromRight: boolean): number {
  const mark = textArgument(part);
  const at = fromRight ? text.lastIndexOf(mark) : text.indexOf(mark);
  return at < 0 ? -1 : Array.from(text.slice(0, at)).length;
}

function found(at: number): number {
  if (at < 0) throw new TemplateFailure("other", "index: the part is not in the text");
  return at;
}

function replace(text: string, old: unknown, fresh: unknown, limit: number): string {
  const parts = textArgument(old) === "" ? ["", ...Array.from(text), ""] : split(text, old);
  const kept = limit < 0 ? parts.length : limit;
  return parts.reduce(
    (left, right, index) =>
      left + (index <= kept ? textArgument(fresh) : textArgument(old)) + right,
  );
}

/** Python's `title`: a letter behind what is no letter is capital. */
function title(text: string): string {
  return text.replace(/\p{L}+/gu, (it) => capitalize(it));
}

/** Python's `capitalize`. */
export function capitalize(text: string): string {
  const [first = "", ...rest] = Array.from(text);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

const isAll = (pattern: RegExp): Method => method((text) => pattern.test(text));

/** By name. */
export const TEXT_METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries<Method>({
    upper: method((text) => text.toUpperCase()),
    lower: method((text) => text.toLowerCase()),
    casefold: method((text) => text.toLowerCase().replaceAll("ß", "ss")),
    title: method(title),
    capitalize: method(capitalize),
    swapcase: method((text) =>
      Array.from(text, (it) =>
        it === it.toUpperCase() ? it.toLowerCase() : it.toUpperCase(),
      ).join(""),
    ),
    strip: method((text, [characters]) => strip(text, characters, "both"), 0, 1),
    lstrip: method((text, [characters]) => strip(text, characters, "left"), 0, 1),
    rstrip: method((text, [characters]) => strip(text, characters, "right"), 0, 1),
    split: method(
      (text, [separator, limit], named) =>
        split(text, separator ?? named.sep, countArgument(limit ?? named.maxsplit, -1)),
      0,
      2,
      ["sep", "maxsplit"],
    ),
    rsplit: method(
      (text, [separator, limit], named) =>
        splitFromRight(text, separator ?? named.sep, countArgument(limit ?? named.maxsplit, -1)),
      0,
      2,
      ["sep", "maxsplit"],
    ),
    splitlines: method(
      (text, [keep]) => {
        const lines = text.match(/[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+$/g) ?? [];
        return keep === true ? lines : lines.map(withoutLastLineEnds);
      },
      0,
      1,
    ),
    join: method(
      (text, [items]) => {
        if (typeof items === "string") return Array.from(items).join(text);
        const all = isDict(items) ? Object.keys(items).map(keyValue) : items;
        if (!Array.isArray(all)) throw new TemplateFailure("other", "join: a list is needed");
        return (all as unknown[]).map(textArgument).join(text);
      },
      1,
      1,
    ),
    replace: method(
      (text, [old, fresh, limit]) => replace(text, old, fresh, countArgument(limit, -1)),
      2,
      3,
    ),
    startswith: affixed((text, affix) => text.startsWith(affix)),
    endswith: affixed((text, affix) => text.endsWith(affix)),
    find: method((text, [part]) => find(text, part, false), 1, 1),
    rfind: method((text, [part]) => find(text, part, true), 1, 1),
    index: method((text, [part]) => found(find(text, part, false)), 1, 1),
    rindex: method((text, [part]) => found(find(text, part, true)), 1, 1),
    count: method((text, [part]) => text.split(textArgument(part)).length - 1, 1, 1),
    partition: method((text, [mark]) => partition(text, mark, false), 1, 1),
    rpartition: method((text, [mark]) => partition(text, mark, true), 1, 1),
    zfill: method(
      (text, [width]) => {
        const sign = /^[-+]/.exec(text)?.[0] ?? "";
        return sign + pad(text.slice(sign.length), countArgument(width) - sign.length, "0", "left");
      },
      1,
      1,
    ),
    ljust: method((text, [width, fill]) => pad(text, width, fill, "right"), 1, 2),
    rjust: method((text, [width, fill]) => pad(text, width, fill, "left"), 1, 2),
    center: method((text, [width, fill]) => pad(text, width, fill, "both"), 1, 2),
    format: {
      most: 100,
      keywords: "any",
      run: (value, args, named) => formatBraces(textArgument(value), args, named),
    },
    removeprefix: method(
      (text, [it]) =>
        text.startsWith(textArgument(it)) ? text.slice(textArgument(it).length) : text,
      1,
      1,
    ),
    removesuffix: method(
      (text, [it]) =>
        textArgument(it) !== "" && text.endsWith(textArgument(it))
          ? text.slice(0, -textArgument(it).length)
          : text,
      1,
      1,
    ),
    isdigit: isAll(/^\p{Nd}+$/u),
    isdecimal: isAll(/^\p{Nd}+$/u),
    isnumeric: isAll(/^\p{N}+$/u),
    isalpha: isAll(/^\p{L}+$/u),
    isalnum: isAll(/^[\p{L}\p{N}]+$/u),
    isspace: isAll(/^\s+$/),
    isupper: method((text) => text === text.toUpperCase() && text !== text.toLowerCase()),
    islower: method((text) => text === text.toLowerCase() && text !== text.toUpperCase()),
    isidentifier: isAll(/^[\p{L}_][\p{L}\p{N}_]*$/u),
    istitle: method((text) => text === title(text) && /\p{L}/u.test(text)),
    expandtabs: method((text, [width]) => expandTabs(text, countArgument(width, 8)), 0, 1),
  }),
);

function expandTabs(text: string, width: number): string {
  let column = 0;
  return Array.from(text, (it) => {
    if (it === "\n" || it === "\r") column = 0;
    else if (it !== "\t") column += 1;
    if (it !== "\t") return it;
    const room = width > 0 ? width - (column % width) : 0;
    column += room;
    return " ".repeat(room);
  }).join("");
}
