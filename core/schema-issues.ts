/**
 * Turns what zod says of a document into findings in the words of its format, with the nearest allowed
 * key or value proposed. Pure.
 */
import { z } from "zod";
import type { Code } from "./faults";
import { type Finding, type FindingParts, formatPath, type ValuePath, valueAt } from "./finding";

/** What one kind of document says in its own way. */
export interface Dialect {
  /** Makes a finding, with the document's own names of places. */
  finding(code: Code, at: ValuePath, root: unknown, parts: FindingParts): Finding;
  /** Path of a mapping → keys that its format has, and this version cannot do. */
  readonly notYet: Readonly<Record<string, readonly string[]>>;
  /** Key → code of its own for a value out of a closed set. */
  readonly ownCodes: Readonly<Record<string, Code>>;
}

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
export function issueFindings(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  root: unknown,
  dialect: Dialect,
): Finding[] {
  return issues.flatMap((issue) => translate(issue, { schema, root, dialect }));
}

interface Context {
  readonly schema: z.ZodType;
  readonly root: unknown;
  readonly dialect: Dialect;
}

function translate(issue: z.core.$ZodIssue, context: Context): Finding[] {
  const { root, dialect } = context;
  const at = issue.path.map((it) => (typeof it === "number" ? it : String(it)));
  const one = (code: Code, parts: FindingParts): Finding[] => [
    dialect.finding(code, at, root, parts),
  ];
  const given = valueAt(root, at);
  if (root === null) return one("AS1204", { problem: "the file is empty" });
  if (issue.code === "unrecognized_keys") return unknownKeys(issue.keys, at, context);
  if (given === undefined && at.length > 0) {
    return one("AS1204", { problem: `key ${JSON.stringify(at.at(-1))} is missing` });
  }
  const field = fieldOf(at);
  switch (issue.code) {
    case "invalid_type":
      return one("AS1205", { ...mismatch(field, issue.expected, given), given });
    case "invalid_value":
      return one(dialect.ownCodes[field] ?? "AS1207", {
        problem: `unknown ${field}`,
        given,
        allowed: issue.values.map(String),
      });
    case "invalid_union":
      return chosenFindings(issue, at, context) ?? unionFindings(issue, at, context);
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
  { schema, root, dialect }: Context,
): Finding[] {
  const allowed = keysAt(schema, at);
  return keys.map((key) => {
    const here = [...at, key];
    if (dialect.notYet[at.join(".")]?.includes(key)) {
      return dialect.finding("AS1210", here, root, {
        key: true,
        problem: `${key} is not available yet`,
      });
    }
    return dialect.finding("AS1206", here, root, { key: true, given: key, allowed });
  });
}

/** A union of a word and a mapping: what is said is about the one that was meant. */
function chosenFindings(
  { errors }: z.core.$ZodIssueInvalidUnion,
  at: ValuePath,
  context: Context,
): Finding[] | undefined {
  const words = errors.find(([it]) => it?.code === "invalid_value" && it.path.length === 0);
  const given = valueAt(context.root, at);
  if (words === undefined || Array.isArray(given)) return undefined;
  const isMapping = typeof given === "object" && given !== null;
  const meant = isMapping ? errors.find((it) => it !== words) : words;
  return meant?.flatMap((it) => {
    const moved = { ...it, path: [...at, ...it.path] } as z.core.$ZodIssue;
    return translate(moved, context);
  });
}

/** A union is a choice by `kind`, a choice of two types, or any JSON value. */
function unionFindings(
  { errors }: z.core.$ZodIssueInvalidUnion,
  at: ValuePath,
  { schema, root, dialect }: Context,
): Finding[] {
  const given = valueAt(root, at);
  const kinds = at.at(-1) === "kind" ? kindsAt(schema, at.slice(0, -1)) : [];
  if (kinds.length > 0) {
    return [
      dialect.finding("AS1207", at, root, { problem: "unknown kind", given, allowed: kinds }),
    ];
  }
  const types = errors.flatMap(([it]) =>
    it?.code === "invalid_type" ? [TYPES[it.expected] ?? it.expected] : [],
  );
  const wanted =
    types.length === 2
      ? types.join(" or ")
      : "text, a number, true, false, null, a list or a mapping";
  return [dialect.finding("AS1205", at, root, { problem: `${fieldOf(at)} must be ${wanted}` })];
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
