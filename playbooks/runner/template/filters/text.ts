/** Filters on text. Pure. */
import { TemplateFailure } from "../failure";
import { strip, split, capitalize } from "../jinja/methods/text";
import { isInteger, isNumber } from "../numbers";
import { pythonBool, pythonStr, pythonType } from "../python";
import { isDict, Undefined } from "../values";
import type { Callable, Callables } from "./callable";
import { listOf } from "./collections";
import { formatPercent } from "./format";
import { ansibleBool } from "./truth";

const COMMENT_STYLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: { decoration: "# " },
  erlang: { decoration: "% " },
  c: { decoration: "// " },
  cblock: { beginning: "/*", decoration: " * ", end: " */" },
  xml: { beginning: "<!--", decoration: " - ", end: "-->" },
};
const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&#39;",
  '"': "&#34;",
};

const escape: Callable = { run: (value) => escapeHtml(pythonStr(value)) };
const length: Callable = {
  run: (value) => {
    if (value === null || isNumber(value) || typeof value === "boolean") {
      throw new TemplateFailure("other", `a value of the type ${pythonType(value)} has no length`);
    }
    return listOf(value).length;
  },
};

/** Filters on text. */
export const TEXT_FILTERS: Callables = {
  string: { run: pythonStr },
  safe: { run: pythonStr },
  bool: { run: (value) => (value === null ? null : ansibleBool(value)) },
  upper: { run: (value) => pythonStr(value).toUpperCase() },
  lower: { run: (value) => pythonStr(value).toLowerCase() },
  capitalize: { run: (value) => capitalize(pythonStr(value)) },
  title: {
    run: (value) =>
      pythonStr(value)
        .split(/([-\s({[<]+)/)
        .map((it) => capitalize(it))
        .join(""),
  },
  escape,
  e: escape,
  forceescape: escape,
  length,
  count: length,
  format: {
    variadic: true,
    keywords: "any",
    run: (value, args, { named }) => {
      const isNamed = Object.keys(named).length > 0;
      return formatPercent(pythonStr(value), isNamed ? [] : args, isNamed ? named : args);
    },
  },
  quote: { run: (value) => quoteShell(value === null ? "" : pythonStr(value)) },
  trim: {
    params: ["chars"],
    run: (value, [characters]) => strip(pythonStr(value), characters, "both"),
  },
  split: {
    params: ["sep", "maxsplit"],
    run: (value, [separator, limit]) => {
      if (typeof value !== "string") throw new TemplateFailure("other", "split needs text");
      return split(value, separator, isInteger(limit) ? Number(limit) : -1);
    },
  },
  replace: {
    params: ["old", "new", "count"],
    run: (value, [old, fresh, count]) => {
      if (old === undefined || fresh === undefined) {
        throw new TemplateFailure("other", "replace needs two texts");
      }
      const parts = split(pythonStr(value), pythonStr(old), isInteger(count) ? Number(count) : -1);
      return parts.join(pythonStr(fresh));
    },
  },
  comment: {
    params: ["style"],
    keywords: "any",
    run: (value, [style = "plain"], { named }) =>
      comment(pythonStr(value), pythonStr(style), named),
  },
  center: {
    params: ["width"],
    run: (value, [width = 80]) => {
      const text = pythonStr(value);
      const size = Array.from(text).length;
      const room = Math.min(1_000_000, Math.max(0, Number(width) - size));
      const left = Math.floor(room / 2) + (room & Number(width) & 1);
      return " ".repeat(left) + text + " ".repeat(room - left);
    },
  },
  wordcount: { run: (value) => pythonStr(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0 },
  truncate: {
    params: ["length", "killwords", "end", "leeway"],
    run: (value, [given = 255, kill = false, ending = "...", leeway = 5]) => {
      const letters = Array.from(pythonStr(value));
      const [size, end] = [Number(given), pythonStr(ending)];
      if (size < end.length)
        throw new TemplateFailure("other", "truncate: the length is too small");
      if (letters.length <= size + Number(leeway ?? 5)) return letters.join("");
      const cut = letters.slice(0, Math.max(0, size - end.length)).join("");
      const at = cut.lastIndexOf(" ");
      return (pythonBool(kill) || at < 0 ? cut : cut.slice(0, at)) + end;
    },
  },
  indent: {
    params: ["width", "first", "blank"],
    run: (value, [width = 4, first = false, blank = false]) => {
      const margin =
        typeof width === "string" ? width : " ".repeat(Math.min(10_000, Number(width)));
      const lines = `${pythonStr(value)}\n`.match(/[^\n]*\n/g) ?? [];
      const shifted = lines
        .map((it) => it.slice(0, -1))
        .map((it, index) => (index > 0 && (it !== "" || pythonBool(blank)) ? margin + it : it));
      const text = shifted.join("\n");
      return pythonBool(first) ? margin + text : text;
    },
  },
  wordwrap: {
    params: ["width", "break_long_words", "wrapstring", "break_on_hyphens"],
    run: (value, [width = 79, breaks = true, mark = "\n"]) =>
      pythonStr(value)
        .split(/\r\n|\n|\r/)
        .map((it) =>
          wrap(it, Math.max(1, Number(width)), pythonBool(breaks)).join(pythonStr(mark ?? "\n")),
        )
        .join(pythonStr(mark ?? "\n")),
  },
  striptags: {
    run: (value) =>
      pythonStr(value)
        .replace(/<!--[\s\S]*?-->|<[^>]*>/g, "")
        .split(/\s+/)
        .filter(Boolean)
        .join(" "),
  },
  xmlattr: {
    params: ["autospace"],
    run: (value, [space = true]) => {
      if (!isDict(value)) throw new TemplateFailure("other", "xmlattr: a mapping is needed");
      const known = Object.entries(value).filter(
        ([, it]) => it !== null && !(it instanceof Undefined),
      );
      const text = known
        .map(
          ([key, it]) => `${key}="${pythonStr(it).replace(/[&<>'"]/g, (one) => HTML[one] ?? one)}"`,
        )
        .join(" ");
      return text !== "" && pythonBool(space) ? ` ${text}` : text;
    },
  },
  pprint: { run: (value) => (typeof value === "string" ? `'${value}'` : pythonStr(value)) },
};

/** A text for HTML, as the filter `e` writes it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>'"]/g, (it) => HTML[it] ?? it);
}

/** Python's `shlex.quote`. */
export function quoteShell(text: string): string {
  if (text !== "" && /^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function comment(text: string, style: string, named: Readonly<Record<string, unknown>>): string {
  const base = Object.hasOwn(COMMENT_STYLES, style) ? COMMENT_STYLES[style] : undefined;
  if (!base) throw new TemplateFailure("other", `comment: unknown style ${style}`);
  const mark = pythonStr(named.decoration ?? base.decoration);
  const given = {
    newline: "\n",
    beginning: "",
    prefix: mark.trimEnd(),
    postfix: mark.trimEnd(),
    end: "",
    ...base,
    ...named,
  };
  const { newline, beginning, prefix, postfix, end } = Object.fromEntries(
    Object.entries(given).map(([key, it]) => [key, pythonStr(it)]),
  );
  const nl = newline ?? "\n";
  const count = (name: string): number => Math.min(1000, Number(named[name] ?? 1));
  const line = prefix === nl ? nl : `${prefix ?? ""}${nl}`;
  const body = (mark + text.replaceAll(nl, nl + mark)).replaceAll(mark + nl, mark.trimEnd() + nl);
  return [
    beginning === "" ? "" : `${beginning ?? ""}${nl}`,
    prefix === "" ? "" : line.repeat(count("prefix_count")),
    body,
    `${nl}${postfix ?? ""}`.repeat(count("postfix_count")),
    end === "" ? "" : `${nl}${end ?? ""}`,
  ].join("");
}

/** Python's `textwrap`, on one line. */
function wrap(line: string, width: number, breaks: boolean): string[] {
  const words = line.match(/\s+|[^\s-]+-+(?=\w)|[^\s]+/g) ?? [];
  const lines: string[] = [];
  let current = "";
  for (const word of words) {
    let rest = word;
    if (current.length + rest.length > width) {
      if (current.trimEnd() !== "") lines.push(current.trimEnd());
      current = "";
      if (rest.trim() === "" && lines.length > 0) rest = "";
    }
    while (breaks && rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    current += rest;
  }
  return current.trimEnd() === "" ? lines : [...lines, current.trimEnd()];
}
