/** Filters on paths of the target, which are POSIX paths wherever this runs, and on addresses. Pure. */
import { posix } from "node:path";
import { TemplateFailure } from "../failure";
import { pythonBool, pythonStr, pythonType } from "../python";
import { isDict, pairsOf, Tuple } from "../values";
import type { Callables } from "./callable";
import { attributeOf } from "./collections";

/** Filters on paths. */
export const PATH_FILTERS: Callables = {
  basename: { run: (value) => pythonStr(value).split("/").at(-1) ?? "" },
  dirname: { run: (value) => /^(.*[^/])?\/+[^/]*$/.exec(pythonStr(value))?.[1] ?? rootOf(value) },
  normpath: { run: (value) => posix.normalize(pythonStr(value)).replace(/(.)\/$/, "$1") },
  relpath: {
    params: ["start"],
    run: (value, [start = "."]) => posix.relative(pythonStr(start), pythonStr(value)) || ".",
  },
  splitext: {
    run: (value) => {
      const text = pythonStr(value);
      const extension = posix.extname(text.replace(/\/+$/, "/."));
      return Tuple.of1([text.slice(0, text.length - extension.length), extension]);
    },
  },
  path_join: {
    run: (value) => {
      if (typeof value !== "string" && !Array.isArray(value)) {
        throw new TemplateFailure("other", `path_join: not for the type ${pythonType(value)}`);
      }
      return [value]
        .flat()
        .map(textOf)
        .reduce((left, right) => {
          if (right.startsWith("/") || left === "") return right;
          return left.endsWith("/") ? left + right : `${left}/${right}`;
        }, "");
    },
  },
  win_basename: { run: (value) => pythonStr(value).split(/[\\/]/).at(-1) ?? "" },
  win_dirname: {
    run: (value) => {
      const [drive, rest] = splitDrive(pythonStr(value));
      const head = /^(.*[\\/])?[^\\/]*$/s.exec(rest)?.[1] ?? "";
      return drive + (head.replace(/[\\/]+$/, "") || head);
    },
  },
  win_splitdrive: { run: (value) => Tuple.of1(splitDrive(pythonStr(value))) },
  urlencode: {
    run: (value) => {
      const pairs = isDict(value) ? pairsOf(value) : Array.isArray(value) ? value : undefined;
      if (!pairs) return quoteUrl(pythonStr(value), "/");
      return pairs
        .map((it: unknown) => [attributeOf(it, 0), attributeOf(it, 1)])
        .map(([key, it]) => `${queryQuoted(key)}=${queryQuoted(it)}`)
        .join("&");
    },
  },
  urldecode: {
    run: (value) =>
      Buffer.from(
        pythonStr(value)
          .replaceAll("+", " ")
          .replace(/%([\da-f]{2})|([\u0080-\u{10ffff}])/giu, (_, hex?: string, wide?: string) =>
            hex === undefined
              ? Buffer.from(wide ?? "", "utf8").toString("latin1")
              : String.fromCharCode(parseInt(hex, 16)),
          ),
        "latin1",
      ).toString("utf8"),
  },
  urlsplit: {
    params: ["query"],
    run: (value, [part = ""]) => urlPart(pythonStr(value), pythonStr(part)),
  },
  urlize: {
    params: ["trim_url_limit", "nofollow", "target", "rel"],
    run: (value, [, nofollow]) => {
      const rel =
        nofollow !== undefined && pythonBool(nofollow)
          ? ' rel="nofollow noopener"'
          : ' rel="noopener"';
      return pythonStr(value).replace(
        /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]/g,
        (it) => `<a href="${it}"${rel}>${it}</a>`,
      );
    },
  },
};

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TemplateFailure("other", `path_join: not for the type ${pythonType(value)}`);
}

function rootOf(value: unknown): string {
  return pythonStr(value).startsWith("/") ? (/^\/+/.exec(pythonStr(value))?.[0] ?? "/") : "";
}

function splitDrive(text: string): [string, string] {
  const drive = /^[^\\/]:|^[\\/]{2}[^\\/]+[\\/][^\\/]+/.exec(text)?.[0] ?? "";
  return [drive, text.slice(drive.length)];
}

/** A text as a part of a URL. @param safe - `/` where slashes stay, else empty */
export function quoteUrl(text: string, safe: "/" | ""): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll(safe === "/" ? "%2F" : "\u0000", safe);
}

function queryQuoted(value: unknown): string {
  return quoteUrl(pythonStr(value), "").replaceAll("%20", "+");
}

const URL_PARTS = /^(?:([A-Za-z][\w+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function urlPart(text: string, part: string): unknown {
  const [, scheme = "", netloc = "", path = "", query = "", fragment = ""] =
    URL_PARTS.exec(text) ?? [];
  const at = netloc.lastIndexOf("@");
  const [user, password] = at < 0 ? [] : netloc.slice(0, at).split(/:(.*)/s);
  const place = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(netloc.slice(at + 1));
  const host = place?.[1]?.replace(/^\[|\]$/g, "").toLowerCase();
  const parts: Readonly<Record<string, unknown>> = {
    fragment,
    hostname: host === "" ? null : (host ?? null),
    netloc,
    password: password ?? null,
    path,
    port: place?.[2] ? Number(place[2]) : null,
    query,
    scheme: scheme.toLowerCase(),
    username: user ?? null,
  };
  if (part === "") return parts;
  if (!Object.hasOwn(parts, part)) {
    throw new TemplateFailure("other", `urlsplit: unknown part ${part}`);
  }
  return parts[part];
}
