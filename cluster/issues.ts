/**
 * Turns what zod says into findings in the words of cluster files, with the nearest allowed key or
 * value proposed. Pure.
 */
import { z } from "zod";
import type { Code } from "../core/faults";
import {
  finding,
  type Finding,
  type FindingParts,
  formatPath,
  type ValuePath,
  valueAt,
} from "./finding";

/** Keys that the format has, and this version cannot do. */
const NOT_YET: Readonly<Record<string, readonly string[]>> = {
  substrate: ["aws", "google", "azure", "oci", "hetzner"],
};
/** Values with a code of their own. */
const OWN_CODES: Readonly<Record<string, Code>> = { role: "AS1203" };
/** Types in the words of people. */
const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** What the length of a value counts, by its type. */
const UNITS: Readonly<Record<string, string>> = {
  array: "items",
  string: "characters",
};

/** All findings of one failed parse. */
export function findingsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  root: unknown,
): Finding[] {
  const found = issues.flatMap((issue) => translate(issue, schema, root));
  // A substrate that is not available yet is said once: that metal is missing follows from it.
  const replaced = found.some(({ at, fault }) => fault.code === "AS1210" && at[0] === "substrate");
  return found.filter(
    ({ at, fault }) => !(replaced && fault.code === "AS1204" && at[0] === "substrate"),
  );
}

function translate(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): Finding[] {
  const at = issue.path.map((it) => (typeof it === "number" ? it : String(it)));
  const one = (code: Code, parts: FindingParts): Finding[] => [finding(code, at, root, parts)];
  const given = valueAt(root, at);
  if (root === null) return one("AS1204", { problem: "the file is empty" });
  if (issue.code === "unrecognized_keys") return unknownKeys(issue.keys, at, schema, root);
  if (given === undefined && at.length > 0) {
    return one("AS1204", { problem: `key ${JSON.stringify(at.at(-1))} is missing` });
  }
  const field = fieldOf(at);
  switch (issue.code) {
    case "invalid_type":
      return one("AS1205", { ...mismatch(field, issue.expected, given), given });
    case "invalid_value":
      return one(OWN_CODES[field] ?? "AS1207", {
        problem: `unknown ${field}`,
        given,
        allowed: issue.values.map(String),
      });
    case "invalid_union":
      return chosenFindings(issue, schema, at, root) ?? unionFindings(schema, at, root);
    case "too_small":
    case "too_big":
      return one("AS1208", {
        problem: range(field, issue),
        given: Array.isArray(given) ? undefined : given,
      });
    case "invalid_key":
      return one("AS1209", {
        key: true,
        problem: "malformed key",
        given: at.at(-1),
        allowed: issue.issues[0]?.message ?? "",
      });
    default:
      return one("AS1209", {
        problem: `malformed ${field}`,
        given: withoutLogin(given),
        allowed: issue.message,
      });
  }
}

/** A URL's user and password are not for terminals and logs. */
function withoutLogin(given: unknown): unknown {
  return typeof given === "string" ? given.replace(/:\/\/[^/]*@/, "://…@") : given;
}

/** The last key, with the index behind it where the value is an item of a list. */
function fieldOf(at: ValuePath): string {
  const last = at.findLastIndex((it) => typeof it === "string");
  return formatPath(at.slice(Math.max(0, last))) || "the file";
}

function mismatch(
  field: string,
  expected: string,
  given: unknown,
): Pick<FindingParts, "problem" | "hint"> {
  const quotable = expected === "string" && ["number", "boolean"].includes(typeof given);
  return {
    problem: `${field} must be ${TYPES[expected] ?? expected}, not`,
    ...(quotable ? { hint: "put it into quotes" } : {}),
  };
}

function range(field: string, issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const unit = UNITS[issue.origin];
  const bound =
    issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (unit === undefined) return `${field} must be ${bound}, not`;
  const isEmpty = issue.code === "too_small" && Number(issue.minimum) === 1;
  return isEmpty ? `${field} must not be empty` : `${field} must have ${bound} ${unit}`;
}

function unknownKeys(
  keys: readonly string[],
  at: ValuePath,
  schema: z.ZodType,
  root: unknown,
): Finding[] {
  const allowed = keysAt(schema, at);
  return keys.map((key) => {
    const here = [...at, key];
    if (NOT_YET[at.join(".")]?.includes(key)) {
      return finding("AS1210", here, root, { key: true, problem: `${key} is not available yet` });
    }
    return finding("AS1206", here, root, { key: true, given: key, allowed });
  });
}

/** A union of a word and a mapping: what is said is about the one that was meant. */
function chosenFindings(
  { errors }: z.core.$ZodIssueInvalidUnion,
  schema: z.ZodType,
  at: ValuePath,
  root: unknown,
): Finding[] | undefined {
  const words = errors.find(([it]) => it?.code === "invalid_value" && it.path.length === 0);
  const given = valueAt(root, at);
  if (words === undefined || Array.isArray(given)) return undefined;
  const isMapping = typeof given === "object" && given !== null;
  const meant = isMapping ? errors.find((it) => it !== words) : words;
  return meant?.flatMap((it) => {
    const moved = { ...it, path: [...at, ...it.path] } as z.core.$ZodIssue;
    return translate(moved, schema, root);
  });
}

/** A union is a choice by `kind`, or any JSON value. */
function unionFindings(schema: z.ZodType, at: ValuePath, root: unknown): Finding[] {
  const given = valueAt(root, at);
  const kinds = at.at(-1) === "kind" ? kindsAt(schema, at.slice(0, -1)) : [];
  if (kinds.length > 0) {
    return [finding("AS1207", at, root, { problem: "unknown kind", given, allowed: kinds })];
  }
  const field = fieldOf(at);
  return [
    finding("AS1205", at, root, {
      problem: `${field} must be text, a number, true, false, null, a list or a mapping`,
    }),
  ];
}

function keysAt(schema: z.ZodType, at: ValuePath): string[] {
  const found = schemasAt([schema], at).flatMap((it) =>
    it instanceof z.ZodObject ? Object.keys(it.shape) : [],
  );
  return [...new Set(found)];
}

function kindsAt(schema: z.ZodType, at: ValuePath): string[] {
  return schemasAt([schema], at).flatMap((it) => {
    const kind: unknown = it instanceof z.ZodObject ? it.shape.kind : undefined;
    return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
  });
}

/** The schemas that may hold at a path: several below a union. */
function schemasAt(schemas: readonly unknown[], at: ValuePath): unknown[] {
  const open = schemas.flatMap(unwrap);
  const [step, ...rest] = at;
  if (step === undefined) return open;
  const inner = open.flatMap((it): unknown[] => {
    if (it instanceof z.ZodObject) return [it.shape[String(step)]];
    if (it instanceof z.ZodArray) return [it.element];
    return it instanceof z.ZodRecord ? [it.valueType] : [];
  });
  return schemasAt(inner, rest);
}

function unwrap(schema: unknown): unknown[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodUnion ? schema.options.flatMap(unwrap) : [schema];
}
