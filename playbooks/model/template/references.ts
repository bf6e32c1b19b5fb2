/**
 * Which variables an expression names, and by which fixed path: `hostvars['a'].b[0]` is the chain
 * hostvars → a → b → 0. Names that the template binds itself (for, set, macro) are told apart. Pure.
 */
import { stringOf, type Segment, type Token } from "./tokens";

/** A variable with the fixed part of its path. */
export interface Chain {
  readonly root: string;
  readonly path: readonly (string | number)[];
  /** Indexes into the tokens: first, and one past the last. */
  readonly from: number;
  readonly to: number;
  /** `is defined` or `default` follows: it may be undefined. */
  readonly guarded: boolean;
}

/** A filter, a test or a function that an expression names. */
export interface Call {
  readonly kind: "filter" | "test" | "function";
  readonly token: Token;
}

const WORDS = new Set(
  "and or not in is if else elif true false none True False None recursive ignore missing".split(
    " ",
  ),
);
const STATEMENTS = new Set(
  "for endfor if elif else endif set endset with endwith macro endmacro call endcall filter endfilter do raw include import from extends block endblock autoescape endautoescape break continue".split(
    " ",
  ),
);
const ALWAYS_LOCAL = ["loop", "caller", "varargs", "kwargs", "self", "super"];
const GUARD_FILTERS = new Set(["default", "d"]);
const GUARD_TESTS = new Set(["defined", "undefined"]);

/** The variables of one expression or statement, in order. */
export function findChains(tokens: readonly Token[], kind: Segment["kind"]): Chain[] {
  const chains: Chain[] = [];
  const first = kind === "statement" ? firstOperand(tokens) : 0;
  for (let index = first; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind === "name" && isVariable(tokens, index)) {
      const chain = readChain(tokens, index, token.text);
      chains.push(chain);
      index = chain.to - 1;
    }
  }
  return chains;
}

/** Names that the template binds itself, anywhere in it. */
export function boundNames(segments: readonly Segment[]): ReadonlySet<string> {
  const names = new Set(ALWAYS_LOCAL);
  for (const { kind, tokens } of segments) {
    if (kind === "statement") for (const name of boundBy(tokens)) names.add(name);
  }
  return names;
}

/** Names of filters (`| name`), of tests (`is name`) and of functions (`name(`), with their places. */
export function findCalls(tokens: readonly Token[]): Call[] {
  return tokens.flatMap((token, index) => {
    const kind = token.kind === "name" ? callKind(tokens, index) : undefined;
    if (kind === undefined) return [];
    return [{ kind, token: kind === "function" ? token : withDots(tokens, index, token) }];
  });
}

/** A name with what follows it by dots: filters and tests may be named in full. */
function withDots(tokens: readonly Token[], index: number, token: Token): Token {
  let { text } = token;
  for (let at = index + 1; textAt(tokens, at) === "."; at += 2) {
    if (tokens[at + 1]?.kind !== "name") break;
    text += `.${textAt(tokens, at + 1)}`;
  }
  return { ...token, text };
}

function callKind(tokens: readonly Token[], index: number): Call["kind"] | undefined {
  const before = textAt(tokens, index - 1);
  const name = textAt(tokens, index);
  if (before === "|") return "filter";
  if (isTestName(tokens, index)) return "test";
  const called = textAt(tokens, index + 1) === "(" && before !== ".";
  const declares = before === "macro" || WORDS.has(name) || STATEMENTS.has(name);
  return called && !declares ? "function" : undefined;
}

/** What stands between the brackets of a filter or test; nothing where it has none. */
export function argumentsOf(tokens: readonly Token[], call: Token): readonly Token[] {
  let open = tokens.findIndex((it) => it.at === call.at) + 1;
  while (textAt(tokens, open) === ".") open += 2;
  return textAt(tokens, open) === "(" ? tokens.slice(open + 1, closingOf(tokens, open)) : [];
}

/** Index of the closing bracket that belongs to the opening one at `open`. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const text = textAt(tokens, index);
    if (text === "(" || text === "[" || text === "{") depth += 1;
    if (text === ")" || text === "]" || text === "}") depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** Text of an operator or name at an index; empty for strings, numbers and beyond the ends. */
export function textAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token && (token.kind === "operator" || token.kind === "name") ? token.text : "";
}

/** Reads `.name`, `['name']` and `[0]` from an index on. */
export function readPath(
  tokens: readonly Token[],
  from: number,
): { readonly path: (string | number)[]; readonly to: number } {
  const path: (string | number)[] = [];
  let to = from;
  for (;;) {
    const step = readStep(tokens, to);
    if (!step) return { path, to };
    path.push(...step.keys);
    to = step.to;
  }
}

function readChain(tokens: readonly Token[], from: number, root: string): Chain {
  const { path, to } = readPath(tokens, from + 1);
  return { root, path, from, to, guarded: isGuarded(tokens, to) };
}

function readStep(
  tokens: readonly Token[],
  at: number,
): { readonly keys: (string | number)[]; readonly to: number } | undefined {
  const next = tokens[at + 1];
  if (!next) return undefined;
  if (textAt(tokens, at) === ".") {
    if (next.kind === "name" && textAt(tokens, at + 2) !== "(") {
      return { keys: [next.text], to: at + 2 };
    }
    return next.kind === "number"
      ? { keys: next.text.split(".").map(Number), to: at + 2 }
      : undefined;
  }
  return textAt(tokens, at) === "[" ? readSubscript(tokens, at + 1) : undefined;
}

function readSubscript(
  tokens: readonly Token[],
  at: number,
): { readonly keys: (string | number)[]; readonly to: number } | undefined {
  const negative = textAt(tokens, at) === "-";
  const key = tokens[negative ? at + 1 : at];
  const end = negative ? at + 2 : at + 1;
  if (!key || textAt(tokens, end) !== "]") return undefined;
  if (key.kind === "string" && !negative) return { keys: [stringOf(key)], to: end + 1 };
  if (key.kind !== "number") return undefined;
  return { keys: [negative ? -Number(key.text) : Number(key.text)], to: end + 1 };
}

function isGuarded(tokens: readonly Token[], at: number): boolean {
  const [one, two, three] = [at, at + 1, at + 2].map((it) => textAt(tokens, it));
  if (one === "|") return GUARD_FILTERS.has(two ?? "");
  if (one !== "is") return false;
  return GUARD_TESTS.has((two === "not" ? three : two) ?? "");
}

function isVariable(tokens: readonly Token[], index: number): boolean {
  const text = textAt(tokens, index);
  const before = textAt(tokens, index - 1);
  const after = textAt(tokens, index + 1);
  if (WORDS.has(text) || before === "." || before === "|") return false;
  if (after === "(" || isTestName(tokens, index)) return false;
  // `name=` inside a call is a keyword argument, not a variable.
  return after !== "=";
}

function isTestName(tokens: readonly Token[], index: number): boolean {
  const before = textAt(tokens, index - 1);
  if (before === "is") return textAt(tokens, index) !== "not";
  return before === "not" && textAt(tokens, index - 2) === "is";
}

/** In a statement, the operands begin behind the keyword and what it binds. */
function firstOperand(tokens: readonly Token[]): number {
  const keyword = textAt(tokens, 0);
  if (keyword === "for") return tokens.findIndex((_, index) => textAt(tokens, index) === "in") + 1;
  if (keyword === "set") {
    const equals = tokens.findIndex((_, index) => textAt(tokens, index) === "=");
    return equals < 0 ? tokens.length : equals + 1;
  }
  if (keyword === "macro" || keyword === "call") return keyword === "macro" ? 2 : 1;
  return 1;
}

function boundBy(tokens: readonly Token[]): string[] {
  const keyword = textAt(tokens, 0);
  const names = (from: number, to: number): string[] =>
    tokens.slice(from, to).flatMap(({ kind, text }) => (kind === "name" ? [text] : []));
  if (keyword === "for" || keyword === "set") {
    const end = firstOperand(tokens);
    return names(1, keyword === "for" || end < tokens.length ? end - 1 : end);
  }
  if (keyword === "import" || keyword === "from") {
    const as = tokens.findIndex(
      (_, index) => textAt(tokens, index) === (keyword === "from" ? "import" : "as"),
    );
    return names(as + 1, tokens.length);
  }
  if (keyword === "with" || keyword === "macro" || keyword === "call") {
    return tokens.flatMap(({ kind, text }, index) =>
      kind === "name" && index > 0 && bindsInCall(tokens, index) ? [text] : [],
    );
  }
  return [];
}

function bindsInCall(tokens: readonly Token[], index: number): boolean {
  const before = textAt(tokens, index - 1);
  const after = textAt(tokens, index + 1);
  return (
    after === "=" || before === "macro" || ((before === "(" || before === ",") && after !== "(")
  );
}
