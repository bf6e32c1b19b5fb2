/** Python's methods that the engine lacks; the compiler turns calls of them into these filters. Pure. */
import { STAND_INS } from "../compile";
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import type { Callable, Callables } from "./callable";
import { memberOf } from "./collections";
import { mappingOf } from "./mappings";
import { formatBraces } from "./format";

const METHODS: Readonly<Record<string, Callable>> = {
  items: { run: (value) => Object.entries(mappingOf(value)) },
  keys: { run: (value) => Object.keys(mappingOf(value)) },
  values: { run: (value) => Object.values(mappingOf(value)) },
  get: { run: (value, [key, fallback = null]) => memberOf(value, key) ?? fallback },
  format: {
    keywords: "any",
    run: (value, args, { named }) => formatBraces(pythonStr(value), args, named),
  },
  rsplit: {
    run: (value, [separator, limit = -1]) => {
      const parts = pythonStr(value).split(pythonStr(separator));
      const keep = Number(limit);
      if (keep < 0 || parts.length <= keep + 1) return parts;
      const head = parts.slice(0, parts.length - keep).join(pythonStr(separator));
      return [head, ...parts.slice(parts.length - keep)];
    },
  },
  zfill: {
    run: (value, [width]) => {
      const text = pythonStr(value);
      const sign = /^[-+]/.exec(text)?.[0] ?? "";
      return sign + text.slice(sign.length).padStart(Number(width) - sign.length, "0");
    },
  },
  ljust: {
    run: (value, [width, fill = " "]) => pythonStr(value).padEnd(Number(width), pythonStr(fill)),
  },
  rjust: {
    run: (value, [width, fill = " "]) => pythonStr(value).padStart(Number(width), pythonStr(fill)),
  },
  partition: {
    run: (value, [separator]) => {
      const text = pythonStr(value);
      const mark = pythonStr(separator);
      const at = text.indexOf(mark);
      return at < 0 ? [text, "", ""] : [text.slice(0, at), mark, text.slice(at + mark.length)];
    },
  },
};

/** The stand-ins of {@link STAND_INS.methods}. */
export const METHOD_FILTERS: Callables = Object.fromEntries(
  [...STAND_INS.methods].map(([method, filter]) => {
    const it = METHODS[method];
    if (!it) throw new TemplateFailure("other", `no stand-in for ${method}`);
    return [filter, it];
  }),
);
