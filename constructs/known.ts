/**
 * Tokens of cdktf stand for what only Terraform knows. What goes through to Terraform may be one; what
 * synth has to read, count or compare may not. Pure.
 */
import { Token } from "cdktf";
import { finding, type Finding, formatPath, type ValuePath } from "../cluster/finding";
import { fault, type Fault, throwIfAny } from "../core/faults";

const HINT = "write the value itself: a token stands for what only Terraform knows";
/** Where a token may stand, by keys; `*` is any, and everything below is meant too. */
const OPEN: readonly ValuePath[] = [
  ["substrate", "metal", "endpoint"],
  ["substrate", "metal", "project"],
  ["substrate", "metal", "metro"],
  ["substrate", "metal", "capacity", "*"],
  ["access", "bastion"],
  ["pools", "*", "devicePlan"],
  ["deployment", "*"],
  ["bootstrap", "vars"],
  ["bootstrap", "forks"],
];

/** Whether a token may stand at a path of a cluster's description. */
export function isOpen(at: ValuePath): boolean {
  return OPEN.some((open) => open.every((key, n) => at.length > n && ["*", at[n]].includes(key)));
}

/** Paths of all tokens in a description. */
export function tokensIn(value: unknown, at: ValuePath = []): ValuePath[] {
  if (Token.isUnresolved(value)) return [at];
  const items = Array.isArray(value)
    ? value.entries()
    : isPlain(value)
      ? Object.entries(value)
      : [];
  return [...items].flatMap(([key, it]: [string | number, unknown]) => tokensIn(it, [...at, key]));
}

/** What is wrong with a token at a path where none may stand. */
export function unknownAt(at: ValuePath, root: unknown): Finding {
  const last = at.findLastIndex((it) => typeof it === "string");
  const problem = `${formatPath(at.slice(Math.max(0, last)))} must be known at synth`;
  return finding("AS1604", at, root, { problem, hint: HINT });
}

/** JSON without its tokens, which become null: a schema has nothing to say of them. */
export function withoutTokens(value: unknown): unknown {
  if (Token.isUnresolved(value)) return null;
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutTokens(it)]));
}

/** Anything else may hold itself: a construct does. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && Object.getPrototypeOf(value ?? 0) === Object.prototype;
}

/**
 * The value, when synth can read it.
 * @param value - what a program gave
 * @param at - what it is for
 * @throws UserFault AS1604 when it is a token
 */
export function known<T>(value: T, at: string): T {
  const faults: Fault[] = Token.isUnresolved(value) ? [fault("AS1604", at, { hint: HINT })] : [];
  throwIfAny(faults);
  return value;
}

/**
 * The value, when synth can read all of it.
 * @throws UserFault AS1604 with every token in it
 */
export function knownDeep<T>(value: T, at: string): T {
  throwIfAny(
    tokensIn(value).map((below) =>
      fault("AS1604", `${at}${formatPath(below, ".")}`, { hint: HINT }),
    ),
  );
  return value;
}
