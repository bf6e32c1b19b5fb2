/** Filters on text, regular expressions among them. Pure. */
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import { argument, type Callables } from "./callable";
import { ansibleBool } from "./truth";
import { pythonRegExp, pythonReplacement } from "./regex";
import { formatPercent } from "./format";

const REGEX_KEYWORDS = ["multiline", "ignorecase"] as const;
const COMMENT_STARTS: Readonly<Record<string, string>> = {
  plain: "# ",
  erlang: "% ",
  c: "// ",
};

/** Filters on text. */
export const TEXT_FILTERS: Callables = {
  string: { nullable: true, run: pythonStr },
  bool: { nullable: true, run: ansibleBool },
  format: {
    keywords: [],
    run: (value, args) => formatPercent(pythonStr(value), args),
  },
  quote: { nullable: true, run: (value) => quoteShell(value === null ? "" : pythonStr(value)) },
  trim: {
    run: (value, [characters]) =>
      characters === undefined ? pythonStr(value).trim() : strip(pythonStr(value), characters),
  },
  comment: {
    keywords: ["decoration", "prefix", "postfix"],
    run: (value, args, context) => {
      const style = pythonStr(args[0] ?? "plain");
      const mark = pythonStr(context.named.decoration ?? COMMENT_STARTS[style] ?? "# ");
      const lines = pythonStr(value).split("\n");
      const end = mark.trimEnd();
      return [end, ...lines.map((it) => (it === "" ? end : mark + it)), end].join("\n");
    },
  },
  center: {
    run: (value, [width = 80]) => {
      const text = pythonStr(value);
      const room = Math.max(0, Number(width) - text.length);
      return " ".repeat(Math.floor(room / 2)) + text + " ".repeat(Math.ceil(room / 2));
    },
  },
  wordcount: { run: (value) => pythonStr(value).split(/\s+/).filter(Boolean).length },
  truncate: {
    keywords: ["length", "killwords", "end", "leeway"],
    run: (value, args, context) => {
      const text = pythonStr(value);
      const length = Number(argument(args, context, 0, "length") ?? 255);
      const end = pythonStr(argument(args, context, 2, "end") ?? "...");
      if (text.length <= length + Number(argument(args, context, 3, "leeway") ?? 5)) return text;
      const cut = text.slice(0, Math.max(0, length - end.length));
      if (argument(args, context, 1, "killwords") === true) return cut + end;
      return cut.replace(/\s\S*$/, "") + end;
    },
  },
  regex_replace: {
    keywords: [...REGEX_KEYWORDS, "pattern", "replacement", "count"],
    run: (value, args, context) => {
      const pattern = argument(args, context, 0, "pattern") ?? "";
      const replacement = pythonReplacement(argument(args, context, 1, "replacement") ?? "");
      let left = Number(context.named.count ?? 0) || Infinity;
      return pythonStr(value).replace(pythonRegExp(pattern, context.named, "g"), (...match) => {
        left -= 1;
        return left < 0 ? match[0] : replacement(match);
      });
    },
  },
  regex_search: {
    keywords: REGEX_KEYWORDS,
    run: (value, [pattern, ...groups], { named }) => {
      const match = pythonRegExp(pattern, named).exec(pythonStr(value));
      if (!match) return groups.length > 0 ? null : "";
      return groups.length > 0 ? groups.map((it) => groupOf(match, it)) : match[0];
    },
  },
  regex_findall: {
    keywords: REGEX_KEYWORDS,
    run: (value, [pattern], { named }) =>
      [...pythonStr(value).matchAll(pythonRegExp(pattern, named, "g"))].map((it) => {
        const [whole, ...groups] = it;
        return groups.length > 1 ? groups : (groups[0] ?? whole);
      }),
  },
  regex_escape: {
    run: (value) => pythonStr(value).replace(/[.*+?^${}()|[\]\\\-#&~\s]/g, "\\$&"),
  },
};

/** Python's `shlex.quote`. */
export function quoteShell(text: string): string {
  if (text !== "" && /^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function strip(text: string, characters: unknown): string {
  const set = new Set(pythonStr(characters));
  const letters = Array.from(text);
  const from = letters.findIndex((it) => !set.has(it));
  const to = letters.findLastIndex((it) => !set.has(it));
  return from < 0 ? "" : letters.slice(from, to + 1).join("");
}

function groupOf(match: RegExpExecArray, wanted: unknown): string {
  const name = /^\\(?:g<(\w+)>|(\d+))$/.exec(pythonStr(wanted));
  if (!name) throw new TemplateFailure("other", `regex_search: unknown group ${pythonStr(wanted)}`);
  const key = name[1] ?? name[2] ?? "";
  return match.groups?.[key] ?? match[Number(key)] ?? "";
}
