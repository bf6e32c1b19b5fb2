/** Statements: what stands between `{%` and `%}`. Pure. */
import type { Body, Expr, FilterStep, Node, Signature, Target } from "./ast";
import { parseExpression, parseFilterStep, parseTuple } from "./parse-expression";
import type { TemplateParser } from "./parse-template";
import type { TokenReader } from "./token-reader";

type Parse = (parser: TemplateParser, reader: TokenReader) => Node[];

/** A statement whose first word is next. @throws TemplateFailure */
export function parseStatement(parser: TemplateParser, reader: TokenReader): Node[] {
  const word = reader.next("a tag").text;
  const parse = STATEMENTS.get(word);
  if (!parse) throw reader.failure(`unknown tag \`${word}\``);
  return parse(parser, reader);
}

const STATEMENTS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["if", parseIf],
  ["for", parseFor],
  ["set", parseSet],
  ["with", parseWith],
  ["macro", parseMacro],
  ["call", parseCall],
  ["filter", parseFilter],
  ["block", parseBlock],
  ["autoescape", parseAutoescape],
  ["do", (_parser, reader) => [{ type: "do", value: last(reader, parseTuple) }]],
  ["break", (_parser, reader) => (reader.end(), [{ type: "break" }])],
  ["continue", (_parser, reader) => (reader.end(), [{ type: "continue" }])],
  ["extends", (_parser, reader) => [{ type: "extends", file: last(reader, parseExpression) }]],
  ["include", parseInclude],
  ["import", parseImport],
  ["from", parseFrom],
]);

/** A body up to its end tag. */
function closed(parser: TemplateParser, opener: TokenReader, end: string): Body {
  const body = parser.body([end], opener);
  const { reader } = parser.ending();
  if (end === "endblock" && reader.peek()?.kind === "name") reader.next();
  reader.end();
  return body;
}

function last(reader: TokenReader, parse: (reader: TokenReader) => Expr): Expr {
  const value = parse(reader);
  reader.end();
  return value;
}

function parseIf(parser: TemplateParser, opener: TokenReader): Node[] {
  const branches: [Expr | undefined, Body][] = [];
  let test: Expr | undefined = last(opener, (it) => parseTuple(it, false));
  for (;;) {
    const ends = test === undefined ? ["endif"] : ["elif", "else", "endif"];
    branches.push([test, parser.body(ends, opener)]);
    const { word, reader } = parser.ending();
    test = word === "elif" ? last(reader, (it) => parseTuple(it, false)) : undefined;
    reader.end();
    if (word === "endif") return [{ type: "if", branches }];
  }
}

function parseFor(parser: TemplateParser, opener: TokenReader): Node[] {
  const target = parseTarget(opener, false);
  opener.expect("in");
  const items = parseTuple(opener, false);
  const only = opener.take("if") ? parseExpression(opener) : undefined;
  const recursive = opener.take("recursive");
  opener.end();
  const body = parser.body(["else", "endfor"], opener);
  const { word, reader } = parser.ending();
  reader.end();
  const otherwise = word === "else" ? closed(parser, opener, "endfor") : [];
  return [{ type: "for", target, items, only, recursive, body, otherwise }];
}

function parseTarget(reader: TokenReader, withNamespace: boolean): Target {
  const one = (): Target => {
    if (reader.take("(")) {
      const inner = parseTarget(reader, false);
      reader.expect(")");
      return inner;
    }
    const name = reader.name();
    if (!withNamespace || !reader.take(".")) return { type: "name", name };
    return { type: "namespace", name, key: reader.name() };
  };
  const first = one();
  if (!reader.is(",")) return first;
  const items = [first];
  while (reader.take(",") && !reader.is("in") && !reader.is("=")) items.push(one());
  return { type: "several", items };
}

function parseSet(parser: TemplateParser, reader: TokenReader): Node[] {
  const target = parseTarget(reader, true);
  if (reader.take("=")) return [{ type: "set", target, value: last(reader, parseTuple) }];
  const filters = parseSteps(reader);
  return [{ type: "capture", target, filters, body: closed(parser, reader, "endset") }];
}

function parseSteps(reader: TokenReader): FilterStep[] {
  const filters: FilterStep[] = [];
  while (reader.take("|")) filters.push(parseFilterStep(reader));
  reader.end();
  return filters;
}

function parseWith(parser: TemplateParser, reader: TokenReader): Node[] {
  const values: [Target, Expr][] = [];
  while (!reader.done) {
    if (values.length > 0) reader.expect(",");
    const target = parseTarget(reader, false);
    reader.expect("=");
    values.push([target, parseExpression(reader)]);
  }
  return [{ type: "with", values, body: closed(parser, reader, "endwith") }];
}

function parseSignature(reader: TokenReader): Omit<Signature, "takesMore"> {
  const params: string[] = [];
  const defaults = new Map<string, Expr>();
  reader.expect("(");
  while (!reader.take(")")) {
    if (params.length > 0) reader.expect(",");
    const name = reader.name();
    params.push(name);
    if (reader.take("=")) defaults.set(name, parseExpression(reader));
    else if (defaults.size > 0)
      throw reader.failure("a parameter without default follows one with");
  }
  return { params, defaults };
}

function parseMacro(parser: TemplateParser, reader: TokenReader): Node[] {
  const name = reader.name();
  const signature = parseSignature(reader);
  reader.end();
  const body = closed(parser, reader, "endmacro");
  return [{ type: "macro", name, signature: { ...signature, takesMore: namesMore(body) }, body }];
}

function parseCall(parser: TemplateParser, reader: TokenReader): Node[] {
  const signature = reader.is("(") ? parseSignature(reader) : { params: [], defaults: new Map() };
  const call = last(reader, parseExpression);
  if (call.type !== "call") throw reader.failure("expected a call");
  const body = closed(parser, reader, "endcall");
  return [{ type: "call", signature: { ...signature, takesMore: namesMore(body) }, call, body }];
}

/** Only macros that name them take more arguments than they declare. */
function namesMore(body: Body): boolean {
  return /"name":"(?:varargs|kwargs)"/.test(
    JSON.stringify(body, (_, it: unknown) =>
      it instanceof Map ? [...it] : typeof it === "bigint" ? String(it) : it,
    ),
  );
}

function parseFilter(parser: TemplateParser, reader: TokenReader): Node[] {
  const first = parseFilterStep(reader);
  const filters = [first, ...parseSteps(reader)];
  return [{ type: "filter", filters, body: closed(parser, reader, "endfilter") }];
}

function parseBlock(parser: TemplateParser, reader: TokenReader): Node[] {
  const name = reader.name();
  while (reader.take("scoped") || reader.take("required"));
  reader.end();
  return [{ type: "block", name, body: closed(parser, reader, "endblock") }];
}

/** Ansible never escapes. */
function parseAutoescape(parser: TemplateParser, reader: TokenReader): Node[] {
  last(reader, parseExpression);
  return [{ type: "with", values: [], body: closed(parser, reader, "endautoescape") }];
}

function parseInclude(_: TemplateParser, reader: TokenReader): Node[] {
  const file = parseExpression(reader);
  const optional = reader.is("ignore") && reader.is("missing", 1);
  if (optional) {
    reader.next();
    reader.next();
  }
  const context = parseContext(reader, true);
  return [{ type: "include", file, optional, context }];
}

function parseContext(reader: TokenReader, fallback: boolean): boolean {
  const word = ["with", "without"].find((it) => reader.is(it) && reader.is("context", 1));
  if (word !== undefined) {
    reader.next();
    reader.next();
  }
  reader.end();
  return word === undefined ? fallback : word === "with";
}

function parseImport(_: TemplateParser, reader: TokenReader): Node[] {
  const file = parseExpression(reader);
  reader.expect("as");
  const names = reader.name();
  return [{ type: "import", file, names, context: parseContext(reader, false) }];
}

function parseFrom(_: TemplateParser, reader: TokenReader): Node[] {
  const file = parseExpression(reader);
  reader.expect("import");
  const names: [string, string][] = [];
  for (let more = true; more && !reader.done && !isContext(reader); more = reader.take(",")) {
    const name = reader.name();
    names.push([name, reader.take("as") ? reader.name() : name]);
  }
  return [{ type: "import", file, names, context: parseContext(reader, false) }];
}

function isContext(reader: TokenReader): boolean {
  return (reader.is("with") || reader.is("without")) && reader.is("context", 1);
}
