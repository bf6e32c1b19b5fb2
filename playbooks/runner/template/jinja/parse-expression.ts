/** Expressions, with Jinja2's order of operators. Pure. */
import { TemplateFailure } from "../failure";
import type { Args, Expr } from "./ast";
import { numberValue, stringValue } from "./literals";
import type { TokenReader } from "./token-reader";

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);
const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);
const NO_ARGS: Args = { positional: [], named: [] };

/** An expression, with `if` and `else`. @throws TemplateFailure */
export function parseExpression(reader: TokenReader): Expr {
  let left = parseOr(reader);
  while (reader.take("if")) {
    const test = parseOr(reader);
    const no = reader.take("else") ? parseExpression(reader) : undefined;
    left = { type: "if", test, yes: left, no };
  }
  return left;
}

/** One expression, or several with commas: a tuple. @throws TemplateFailure */
export function parseTuple(reader: TokenReader, withCondition = true): Expr {
  const one = withCondition ? parseExpression : parseOr;
  const first = one(reader);
  if (!reader.is(",")) return first;
  const items = [first];
  while (reader.take(",") && !isEndOfTuple(reader)) items.push(one(reader));
  return { type: "tuple", items };
}

function isEndOfTuple(reader: TokenReader): boolean {
  return reader.done || reader.is(")") || reader.is("in");
}

function parseOr(reader: TokenReader): Expr {
  let left = parseAnd(reader);
  while (reader.take("or")) left = { type: "or", left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): Expr {
  let left = parseNot(reader);
  while (reader.take("and")) left = { type: "and", left, right: parseNot(reader) };
  return left;
}

function parseNot(reader: TokenReader): Expr {
  return reader.take("not") ? { type: "not", of: parseNot(reader) } : parseCompare(reader);
}

function parseCompare(reader: TokenReader): Expr {
  const first = parseSum(reader);
  const rest: [string, Expr][] = [];
  for (;;) {
    const operator = comparisonAt(reader);
    if (operator === undefined) break;
    rest.push([operator, parseSum(reader)]);
  }
  return rest.length === 0 ? first : { type: "compare", first, rest };
}

function comparisonAt(reader: TokenReader): string | undefined {
  const text = reader.peek()?.text ?? "";
  if (COMPARISONS.has(text) && reader.take(text)) return text;
  if (reader.take("in")) return "in";
  if (!reader.is("not") || !reader.is("in", 1)) return undefined;
  reader.next();
  reader.next();
  return "not in";
}

function leftToRight(operators: readonly string[], inner: (reader: TokenReader) => Expr) {
  return (reader: TokenReader): Expr => {
    let left = inner(reader);
    for (;;) {
      const operator = operators.find((it) => reader.take(it));
      if (operator === undefined) return left;
      left = { type: "binary", operator, left, right: inner(reader) };
    }
  };
}

const parsePower = leftToRight(["**"], (reader) => parseUnary(reader, true));
const parseProduct = leftToRight(["*", "/", "//", "%"], parsePower);
const parseSum = leftToRight(["+", "-"], parseConcat);

function parseConcat(reader: TokenReader): Expr {
  const first = parseProduct(reader);
  if (!reader.is("~")) return first;
  const items = [first];
  while (reader.take("~")) items.push(parseProduct(reader));
  return { type: "concat", items };
}

function parseUnary(reader: TokenReader, withFilters: boolean): Expr {
  let node: Expr;
  if (reader.take("-")) node = { type: "negative", of: parseUnary(reader, false) };
  else if (reader.take("+")) node = { type: "positive", of: parseUnary(reader, false) };
  else node = parsePrimary(reader);
  node = parsePostfix(reader, node);
  return withFilters ? parseFilters(reader, node) : node;
}

function parsePrimary(reader: TokenReader): Expr {
  const token = reader.next();
  if (token.kind === "number") return { type: "const", value: numberValue(token) };
  if (token.kind === "string") {
    let value = stringValue(token, reader.escapes);
    for (let it = reader.peek(); it?.kind === "string"; it = reader.peek()) {
      value += stringValue(reader.next(), reader.escapes);
    }
    return { type: "const", value };
  }
  if (token.kind === "name") {
    return CONSTANTS.has(token.text)
      ? { type: "const", value: CONSTANTS.get(token.text) }
      : { type: "name", name: token.text };
  }
  if (token.text === "(") return parseParenthesis(reader);
  if (token.text === "[") {
    return { type: "list", items: parseItems(reader, "]", () => parseExpression(reader)) };
  }
  if (token.text === "{") return { type: "dict", entries: parseEntries(reader) };
  throw reader.failure(`unexpected \`${token.text}\``);
}

function parseParenthesis(reader: TokenReader): Expr {
  if (reader.take(")")) return { type: "tuple", items: [] };
  const inner = parseTuple(reader);
  reader.expect(")");
  return inner;
}

function parseItems<T>(reader: TokenReader, close: string, one: () => T): T[] {
  const items: T[] = [];
  while (!reader.take(close)) {
    if (items.length > 0) {
      reader.expect(",");
      if (reader.take(close)) break;
    }
    items.push(one());
  }
  return items;
}

function parseEntries(reader: TokenReader): [Expr, Expr][] {
  return parseItems(reader, "}", () => {
    const key = parseExpression(reader);
    reader.expect(":");
    return [key, parseExpression(reader)];
  });
}

/** What follows a value: members, slices and calls. */
function parsePostfix(reader: TokenReader, start: Expr): Expr {
  let node = start;
  for (;;) {
    if (reader.take(".")) node = parseDotted(reader, node);
    else if (reader.take("[")) node = parseSubscript(reader, node);
    else if (reader.take("(")) node = { type: "call", callee: node, args: parseArguments(reader) };
    else return node;
  }
}

function parseDotted(reader: TokenReader, start: Expr): Expr {
  const token = reader.next("a name behind the dot");
  if (token.kind === "name") {
    return { type: "member", of: start, key: { type: "const", value: token.text }, dotted: true };
  }
  if (token.kind !== "number") throw reader.failure("expected a name behind the dot");
  return token.text.split(".").reduce<Expr>(
    (of, digits) => ({
      type: "member",
      of,
      key: { type: "const", value: Number(digits) },
      dotted: false,
    }),
    start,
  );
}

function parseSubscript(reader: TokenReader, of: Expr): Expr {
  const bounds: (Expr | undefined)[] = [];
  const bound = (): Expr | undefined =>
    reader.is(":") || reader.is("]") ? undefined : parseTuple(reader);
  bounds.push(bound());
  while (reader.take(":")) bounds.push(bound());
  reader.expect("]");
  const [key] = bounds;
  if (bounds.length > 3) throw reader.failure("a slice has three parts at most");
  if (bounds.length > 1) return { type: "slice", of, bounds };
  if (!key) throw reader.failure("expected a key between the brackets");
  return { type: "member", of, key, dotted: false };
}

/** Arguments up to the closing bracket. */
function parseArguments(reader: TokenReader): Args {
  const positional: Expr[] = [];
  const named: [string, Expr][] = [];
  const more: { spread?: Expr; spreadNamed?: Expr } = {};
  parseItems(reader, ")", () => {
    if (reader.take("**")) more.spreadNamed = parseExpression(reader);
    else if (reader.take("*")) more.spread = parseExpression(reader);
    else if (reader.peek()?.kind === "name" && reader.is("=", 1)) {
      const name = reader.name();
      reader.expect("=");
      named.push([name, parseExpression(reader)]);
    } else if (named.length > 0 || more.spreadNamed) {
      throw reader.failure("an argument by position follows one by name");
    } else positional.push(parseExpression(reader));
  });
  return { positional, named, ...more };
}

function parseFilters(reader: TokenReader, start: Expr): Expr {
  let node = start;
  for (;;) {
    if (reader.take("|")) node = { type: "filter", of: node, ...parseFilterStep(reader) };
    else if (reader.take("is")) node = parseTest(reader, node);
    else if (reader.take("(")) node = { type: "call", callee: node, args: parseArguments(reader) };
    else return node;
  }
}

/** A filter's name and arguments. */
export function parseFilterStep(reader: TokenReader): { name: string; args: Args } {
  const name = parseDottedName(reader);
  return { name, args: reader.take("(") ? parseArguments(reader) : NO_ARGS };
}

function parseDottedName(reader: TokenReader): string {
  let name = reader.name();
  while (reader.take(".")) name += `.${reader.name()}`;
  return name.replace(/^ansible\.(?:builtin|legacy)\./, "");
}

function parseTest(reader: TokenReader, of: Expr): Expr {
  const negated = reader.take("not");
  const name = parseDottedName(reader);
  const test: Expr = { type: "test", name, of, args: parseTestArguments(reader) };
  return negated ? { type: "not", of: test } : test;
}

/** A test takes arguments in brackets, or one without. */
function parseTestArguments(reader: TokenReader): Args {
  if (reader.take("(")) return parseArguments(reader);
  const token = reader.peek();
  const isValue = token && (token.kind !== "operator" || token.text === "[" || token.text === "{");
  if (!isValue || (token.kind === "name" && ["else", "or", "and"].includes(token.text))) {
    return NO_ARGS;
  }
  if (token.kind === "name" && token.text === "is") {
    throw new TemplateFailure("syntax", "syntax error: tests cannot follow one another with `is`");
  }
  // `x is test if …` belongs to the condition around it; Jinja2 itself gives up there.
  if (token.kind === "name" && ["if", "not", "in"].includes(token.text)) return NO_ARGS;
  return { positional: [parsePostfix(reader, parsePrimary(reader))], named: [] };
}
