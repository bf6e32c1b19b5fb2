/**
 * Splits a Jinja2 template into text, expressions, statements and comments, and expressions into
 * tokens with their places. It judges nothing: the engine does. Pure.
 */

/** A word of an expression. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "operator";
  /** As written; strings with their quotes. */
  readonly text: string;
  /** Offset in the template. */
  readonly at: number;
}

/** A piece of a template. */
export interface Segment {
  readonly kind: "text" | "expression" | "statement" | "comment" | "raw";
  /** As written, with its delimiters. */
  readonly source: string;
  /** Offset in the template. */
  readonly at: number;
  /** Of expressions and statements: the delimiters with `-` or `+`, such as `{{-`. */
  readonly open: string;
  readonly close: string;
  /** Of expressions and statements, without delimiters. */
  readonly tokens: readonly Token[];
}

/** A template that cannot even be split. */
export class TemplateSyntaxError extends Error {
  override readonly name = "TemplateSyntaxError";
  /** Offset in the template. */
  readonly at: number;

  /**
   * @param problem - what is wrong
   * @param at - offset in the template
   */
  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

const OPENING = /\{[{%#]/g;
const TOKEN =
  /(?<space>\s+)|(?<name>[A-Za-z_\u00aa-\uffff][\w\u00aa-\uffff]*)|(?<number>0[xob][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?<operator>\*\*|\/\/|[=!<>]=|[-+*/%~|.,:()[\]{}<>=])/y;
const END_RAW = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;

/** Whether a string has anything to template. */
export function isTemplate(text: string): boolean {
  return text.includes("{{") || text.includes("{%") || text.includes("{#");
}

/** @throws TemplateSyntaxError */
export function splitTemplate(template: string): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  while (at < template.length) {
    OPENING.lastIndex = at;
    const start = OPENING.exec(template)?.index ?? template.length;
    if (start > at) segments.push(plain("text", template.slice(at, start), at));
    at = start;
    if (at < template.length) {
      const segment = readTag(template, at);
      segments.push(segment);
      at += segment.source.length;
    }
  }
  return segments;
}

/** Tokens of an expression without delimiters. @throws TemplateSyntaxError */
export function tokenize(expression: string): Token[] {
  const { tokens, end } = readTokens(expression, 0, undefined);
  if (end < expression.length) throw unexpected(expression, end);
  return tokens;
}

/** The value of a string token. */
export function stringOf(token: Token): string {
  return token.text
    .slice(1, -1)
    .replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g, unescape);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescape(_: string, four?: string, two?: string, one?: string): string {
  const hex = four ?? two;
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
  return ESCAPES[one ?? ""] ?? one ?? "";
}

function plain(kind: "text" | "comment" | "raw", source: string, at: number): Segment {
  return { kind, source, at, open: "", close: "", tokens: [] };
}

function readTag(template: string, at: number): Segment {
  const opener = template.slice(at, at + 2);
  if (opener === "{#") return readComment(template, at);
  const close = opener === "{{" ? "}}" : "%}";
  const sign = /[-+]/.exec(template[at + 2] ?? "")?.[0] ?? "";
  const from = at + 2 + sign.length;
  const { tokens, end } = readTokens(template, from, close);
  const closing = /^[-+]?/.exec(template.slice(end))?.[0] ?? "";
  const to = end + closing.length + 2;
  const source = template.slice(at, to);
  if (opener === "{%" && tokens[0]?.text === "raw") return readRaw(template, at, to);
  return {
    kind: opener === "{{" ? "expression" : "statement",
    source,
    at,
    open: opener + sign,
    close: closing + close,
    tokens,
  };
}

function readComment(template: string, at: number): Segment {
  const end = template.indexOf("#}", at + 2);
  if (end < 0) throw new TemplateSyntaxError("comment without its end `#}`", at);
  return plain("comment", template.slice(at, end + 2), at);
}

function readRaw(template: string, at: number, from: number): Segment {
  END_RAW.lastIndex = from;
  const found = END_RAW.exec(template);
  if (!found) throw new TemplateSyntaxError("`raw` without its `endraw`", at);
  return plain("raw", template.slice(at, found.index + found[0].length), at);
}

function readTokens(
  template: string,
  from: number,
  close: "}}" | "%}" | undefined,
): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let depth = 0;
  let at = from;
  while (at < template.length) {
    if (close !== undefined && depth <= 0 && isEnd(template, at, close)) return { tokens, end: at };
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(template)?.groups;
    const [kind, text] = Object.entries(groups ?? {}).find(([, it]) => it) ?? ["", ""];
    if (text === "") throw unexpected(template, at);
    if (isKind(kind)) tokens.push({ kind, text, at });
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    at += text.length;
  }
  if (close === undefined) return { tokens, end: at };
  throw new TemplateSyntaxError(`no \`${close}\` for what begins here`, Math.max(0, from - 2));
}

function isEnd(template: string, at: number, close: string): boolean {
  const signed = template[at] === "-" || template[at] === "+";
  return template.startsWith(close, at) || (signed && template.startsWith(close, at + 1));
}

function isKind(kind: string): kind is Token["kind"] {
  return kind === "name" || kind === "number" || kind === "string" || kind === "operator";
}

function unexpected(template: string, at: number): TemplateSyntaxError {
  const quoted = template[at] === '"' || template[at] === "'";
  return new TemplateSyntaxError(
    quoted ? "text without its closing quote" : `unexpected \`${template[at] ?? ""}\``,
    at,
  );
}
