/** Templates: text, what is printed, and statements. Pure. */
import {
  splitTemplate,
  tokenize,
  TemplateSyntaxError,
  type Segment,
} from "../../../model/template/tokens";
import { TemplateFailure } from "../failure";
import type { Body, Expr, Node } from "./ast";
import { parseExpression, parseTuple } from "./parse-expression";
import { parseStatement } from "./parse-statement";
import { TokenReader, type ParseOptions } from "./token-reader";
import { trimSegments } from "./whitespace";

/** @throws TemplateFailure of kind `syntax` */
export function parseTemplate(source: string, options: ParseOptions): Body {
  // One newline at the end is no part of a template; whoever needs it adds it.
  const template = source.replace(/(?:\r\n|\r|\n)$/, "");
  const segments = split(() => splitTemplate(template));
  const parser = new TemplateParser(trimSegments(segments, options), template, options);
  return parser.all();
}

/** An expression without braces. @throws TemplateFailure of kind `syntax` */
export function parseWholeExpression(text: string, escapes: boolean): Expr {
  const reader = new TokenReader(
    split(() => tokenize(text)),
    1,
    escapes,
  );
  const expression = parseExpression(reader);
  reader.end();
  return expression;
}

function split<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new TemplateFailure("syntax", error.message);
    throw error;
  }
}

/** Goes through the segments; statements ask it for the bodies between their tags. */
export class TemplateParser {
  #at = 0;
  /** The tag that ended the last body. */
  #ending: TokenReader | undefined;

  /**
   * @param segments - trimmed
   * @param template - for the numbers of lines
   * @param options - how strings are read
   */
  constructor(
    readonly segments: readonly Segment[],
    readonly template: string,
    readonly options: ParseOptions,
  ) {}

  /** The whole template. */
  all(): Body {
    const body = this.body([]);
    if (this.#ending) {
      throw this.#ending.failure(`unknown tag \`${this.#ending.peek()?.text ?? ""}\``);
    }
    return body;
  }

  /** Nodes up to one of these tags; the tag is read by {@link ending}. */
  body(ends: readonly string[], opener?: TokenReader): Body {
    const nodes: Node[] = [];
    this.#ending = undefined;
    for (let it = this.segments[this.#at]; it; it = this.segments[this.#at]) {
      this.#at += 1;
      if (it.kind === "text") nodes.push({ type: "text", text: it.source });
      if (it.kind === "raw") nodes.push({ type: "text", text: it.source });
      if (it.kind === "expression") nodes.push(this.#print(it));
      if (it.kind !== "statement") continue;
      const reader = this.#reader(it, true);
      if (ends.includes(reader.peek()?.text ?? "")) {
        this.#ending = reader;
        return nodes;
      }
      nodes.push(...parseStatement(this, reader));
    }
    if (opener) throw opener.failure(`no \`${ends.at(-1) ?? ""}\` for what begins here`);
    return nodes;
  }

  /** The tag that ended the last body, its word read; the rest of it is the caller's to read. */
  ending(): { readonly word: string; readonly reader: TokenReader } {
    const reader = this.#ending;
    if (!reader) throw new TemplateFailure("syntax", "syntax error: a tag has no end");
    this.#ending = undefined;
    return { word: reader.next().text, reader };
  }

  #print(segment: Segment): Node {
    const reader = this.#reader(segment, this.options.backslashes === "escapes");
    if (reader.done) throw reader.failure("expected an expression, got the end of the tag");
    const value = parseTuple(reader);
    reader.end();
    return { type: "print", value };
  }

  #reader({ tokens, at }: Segment, escapes: boolean): TokenReader {
    return new TokenReader(tokens, this.template.slice(0, at).split("\n").length, escapes);
  }
}
