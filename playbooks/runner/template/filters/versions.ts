/** The test `version`: loose, strict and semantic versions. Pure. */
import { member } from "../../../../core/mapping";
import { TemplateFailure } from "../failure";
import { pythonBool, pythonOrder, pythonStr } from "../python";
import type { Callable } from "./callable";

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (it) => it === 0,
  ne: (it) => it !== 0,
  lt: (it) => it < 0,
  le: (it) => it <= 0,
  gt: (it) => it > 0,
  ge: (it) => it >= 0,
};
const SIGNS: Readonly<Record<string, string>> = {
  "==": "eq",
  "=": "eq",
  "!=": "ne",
  "<>": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};
const STRICT = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/;
const SEMANTIC =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;

/** `x is version('1.2', '>=')`. */
export const version: Callable = {
  params: ["version", "operator", "strict", "version_type"],
  run: (value, [other, operator = "eq", strict, type]) => {
    if (!pythonBool(value) || other === undefined || !pythonBool(other)) {
      throw new TemplateFailure("other", "version: both versions must be given");
    }
    const name = pythonStr(operator);
    const judge = member(OPERATORS, member(SIGNS, name) ?? name);
    if (!judge) throw new TemplateFailure("other", `version: unknown operator ${name}`);
    const isStrict = strict !== undefined && strict !== null && pythonBool(strict);
    const kind = isStrict ? "strict" : pythonStr(type ?? "loose");
    const read = member(KINDS, kind);
    if (!read) {
      throw new TemplateFailure(
        "other",
        `version: loose, strict and semver are known, not ${kind}`,
      );
    }
    return judge(pythonOrder(read(pythonStr(value)), read(pythonStr(other))));
  },
};

const KINDS: Readonly<Record<string, (text: string) => unknown[]>> = {
  loose: (text) =>
    text
      .split(/(\d+|[a-z]+|\.)/)
      .filter((it) => it !== "" && it !== ".")
      .map((it) => (/^\d+$/.test(it) ? Number(it) : it)),
  strict: (text) => {
    const found = STRICT.exec(text);
    if (!found) throw invalid(text);
    const [, major, minor, patch = "0", mark, number = "0"] = found;
    // What has no mark comes behind those that have one.
    return [Number(major), Number(minor), Number(patch), mark ?? "z", Number(number)];
  },
  semver: semantic,
  semantic,
};

function semantic(text: string): unknown[] {
  const found = SEMANTIC.exec(text);
  if (!found) throw invalid(text);
  const [, major, minor, patch, before] = found;
  const parts = (before?.split(".") ?? []).map((it) =>
    // Numbers come before words.
    /^\d+$/.test(it) ? [0, Number(it), ""] : [1, 0, it],
  );
  return [Number(major), Number(minor), Number(patch), before === undefined ? 1 : 0, parts];
}

function invalid(text: string): TemplateFailure {
  return new TemplateFailure("other", `version: \`${text}\` is no such version`);
}
