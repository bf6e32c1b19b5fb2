/**
 * Rules about single values of an Ignition config: paths, modes, owners, content. Source: coreos/ignition,
 * config/v3_4/types. Pure.
 */
import { valueAt } from "../../../core/finding";
import { isMapping } from "../../../core/mapping";
import { posix } from "node:path";
import { type ConfigPath, doubtful, type Found, type Raw, textOf, wrong } from "../found";
import type { ValueRule } from "../shape";
import { judgeSource } from "../source-url";

const MAX_MODE = 0o7777;
const SPECIAL_BITS = 0o7000;
const HASHES: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** The key holds a clean absolute path, when it is given. */
export function pathAt(key: string): ValueRule {
  return (value, place) => {
    const path = value[key];
    return typeof path === "string" ? judgePath(path, [...place, key]) : [];
  };
}

/** Judges one path. */
export function judgePath(path: string, place: ConfigPath): Found[] {
  if (path === "") return [wrong("AS1505", place, { problem: "the path is empty" })];
  if (!path.startsWith("/")) {
    return [wrong("AS1505", place, { problem: "the path is not absolute", given: path })];
  }
  const clean = posix.normalize(path).replace(/(?<=.)\/$/, "");
  return clean === path ? [] : [wrong("AS1505", place, { given: path, suggestion: clean })];
}

/** Modes are numbers that JSON can hold: octal ones in quotes are what people try. */
export const modeRule: ValueRule = ({ mode }, place) => {
  const path = [...place, "mode"];
  if ((mode ?? null) === null) return [];
  if (typeof mode !== "number" || !Number.isSafeInteger(mode)) {
    return [wrong("AS1508", path, { given: mode, ...hintOf(mode) })];
  }
  if (mode < 0 || mode > MAX_MODE) {
    return [wrong("AS1508", path, { given: mode, allowed: "0 to 511" })];
  }
  if ((mode & SPECIAL_BITS) === 0) return [];
  const problem = "the mode has bits for setuid, setgid or sticky, which do nothing";
  return [doubtful("AS1508", path, { problem, given: mode, ...hintOf(mode) })];
};

/** 0755 typed as a decimal number is 01363, which has such bits. */
function hintOf(mode: unknown): { hint?: string } {
  const digits = /^0?([0-7]{3})$/.exec(String(mode))?.[1];
  if (digits === undefined) return {};
  return { hint: `octal 0${digits} is ${Number.parseInt(digits, 8)} in decimal` };
}

/** Owners have an id or a name. */
export const ownerRule: ValueRule = ({ id, name }, place) =>
  typeof id === "number" && textOf(name) !== undefined
    ? [wrong("AS1517", [...place, "name"], { given: name })]
    : [];

/** What is fetched: source, packing, hash, headers. */
export const resourceRule: ValueRule = (value, place, version) => [
  ...judgeSourceOf(value, place, version),
  ...judgeCompression(value, place),
  ...judgeVerification(value, place),
  ...judgeHeaders(value, place),
];

/** A resource that is nothing without a source. */
export const sourceRule: ValueRule = ({ source }, place) =>
  textOf(source) === undefined && (typeof source === "string" || (source ?? null) === null)
    ? [wrong("AS1511", [...place, "source"], { problem: "the source is missing" })]
    : [];

/** overwrite needs what to overwrite with. */
export const overwriteRule: ValueRule = (value, place) =>
  value.overwrite === true && (valueAt(value, ["contents", "source"]) ?? null) === null
    ? [
        wrong("AS1511", [...place, "overwrite"], {
          problem: "overwrite is true, and there are no contents",
          hint: "an empty file has the source data:,",
        }),
      ]
    : [];

function judgeSourceOf({ source }: Raw, place: ConfigPath, version: string): Found[] {
  const text = textOf(source);
  const problem = text === undefined ? undefined : judgeSource(text, version);
  const given = text !== undefined && text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return problem ? [wrong("AS1509", [...place, "source"], { ...problem, given })] : [];
}

function judgeCompression({ compression }: Raw, place: ConfigPath): Found[] {
  const text = textOf(compression);
  return text === undefined || text === "gzip"
    ? []
    : [wrong("AS1512", [...place, "compression"], { given: text, allowed: ["gzip"] })];
}

function judgeVerification({ verification, source }: Raw, place: ConfigPath): Found[] {
  const hash = isMapping(verification) ? verification.hash : undefined;
  if (typeof hash !== "string") return [];
  const path = [...place, "verification", "hash"];
  const [, name = "", sum = ""] = /^([^-]*)-(.*)$/s.exec(hash) ?? [];
  const digits = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
  const allowed = "sha512-<128 hex digits> or sha256-<64 hex digits>";
  const isHash = digits !== undefined && sum.length === digits && /^[0-9a-f]+$/i.test(sum);
  const missing = (source ?? null) === null;
  return [
    ...(isHash ? [] : [wrong("AS1510", path, { given: hash, allowed })]),
    ...(missing
      ? [wrong("AS1511", path, { problem: "a hash is given, and there is no source" })]
      : []),
  ];
}

function judgeHeaders({ httpHeaders, source }: Raw, place: ConfigPath): Found[] {
  if (!Array.isArray(httpHeaders) || httpHeaders.length === 0) return [];
  const path = [...place, "httpHeaders"];
  const text = textOf(source);
  if (text === undefined) {
    return [wrong("AS1511", path, { problem: "headers are given, and there is no source" })];
  }
  return /^https?:/i.test(text)
    ? []
    : [wrong("AS1522", path, { problem: "only http and https have headers", given: text })];
}

/** A header's name and value. */
export const headerRule: ValueRule = ({ name, value }, place) => [
  ...(name === "" ? [wrong("AS1522", [...place, "name"], { problem: "the name is empty" })] : []),
  ...(value === ""
    ? [wrong("AS1522", [...place, "value"], { problem: "the value is empty" })]
    : []),
];

/** Proxies are http or https. */
export const proxyRule: ValueRule = (value, place) =>
  ["httpProxy", "httpsProxy"].flatMap((key) => {
    const url = value[key];
    return typeof url !== "string" || /^https?:\/\/[^\s/]/.test(url)
      ? []
      : [wrong("AS1523", [...place, key], { given: url })];
  });
