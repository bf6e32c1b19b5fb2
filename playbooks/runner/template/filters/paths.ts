/** Filters on paths of the target, which are POSIX paths wherever this runs. Pure. */
import { posix } from "node:path";
import { pythonStr } from "../python";
import type { Callables } from "./callable";
import { listOf } from "./collections";

/** Filters on paths. */
export const PATH_FILTERS: Callables = {
  basename: { run: (value) => pythonStr(value).split("/").at(-1) ?? "" },
  dirname: { run: (value) => /^(.*[^/])?\/+[^/]*$/.exec(pythonStr(value))?.[1] ?? rootOf(value) },
  normpath: { run: (value) => posix.normalize(pythonStr(value)).replace(/(.)\/$/, "$1") },
  relpath: {
    run: (value, [start = "."]) => posix.relative(pythonStr(start), pythonStr(value)) || ".",
  },
  splitext: {
    run: (value) => {
      const text = pythonStr(value);
      const extension = posix.extname(text);
      return [text.slice(0, text.length - extension.length), extension];
    },
  },
  path_join: {
    run: (value) =>
      (typeof value === "string" ? [value] : listOf(value)).map(pythonStr).reduce((left, right) => {
        if (right.startsWith("/") || left === "") return right;
        return left.endsWith("/") ? left + right : `${left}/${right}`;
      }, ""),
  },
};

function rootOf(value: unknown): string {
  return pythonStr(value).startsWith("/") ? "/" : "";
}
