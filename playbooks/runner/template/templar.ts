/**
 * Templates in a scope of variables: text, expressions and whole values. Variables are resolved
 * lazily, only what a template names; results are data and are never templated again.
 */
import type { Clock } from "../../../core/clock";
import { isMapping } from "../../../core/mapping";
import { isTemplate, splitTemplate } from "../../model/template/tokens";
import { TemplateFailure } from "./failure";
import type { Body, Expr } from "./jinja/ast";
import { evaluate } from "./jinja/evaluate";
import { renderTemplate } from "./jinja/files";
import { Frame, RunState, type Surroundings } from "./jinja/frame";
import { HostVariables } from "./jinja/host-variables";
import { parseTemplate, parseWholeExpression } from "./jinja/parse-template";
import { renderBody } from "./jinja/render";
import type { ParseOptions } from "./jinja/token-reader";
import { readHeader } from "./header";
import { readLiteral } from "./literal";
import { NO_FILES, type TemplateFiles } from "./template-files";
import { lookupIn } from "./lookups/lookups";
import type { VariableScope } from "./scope";
import { toData, Undefined } from "./values";

export type { Found, VariableScope } from "./scope";

const MAX_CACHED = 5_000;
/** Texts of playbooks: Ansible leaves backslashes there as they are. */
const IN_PLAYBOOKS: ParseOptions = { backslashes: "kept" };

/** A text, ready to be rendered. */
interface Compiled {
  readonly body: Body;
  /** The expression, when the text is nothing but `{{ … }}`. */
  readonly whole?: Expr;
}

/** Renders; compiled templates are kept. One a run. */
export class Templar {
  readonly #templates = new Map<string, Compiled>();
  readonly #expressions = new Map<string, Expr>();
  readonly #files = new Map<string, Body>();

  /**
   * @param files - the travelling files, for lookups and for templates that use others
   * @param clock - for runs that may look at one
   */
  constructor(
    readonly files: TemplateFiles = NO_FILES,
    readonly clock?: Clock,
  ) {}

  /** Text with every template in it rendered. @throws TemplateFailure */
  render(template: string, scope: VariableScope): string {
    if (!isTemplate(template)) return template;
    return this.#renderBody(this.#compile(template).body, template, scope);
  }

  /**
   * A template file's text. @throws TemplateFailure
   * @param content - of the file
   * @param path - its path among the travelling files: what it includes is looked for beside it
   */
  renderFile(content: string, scope: VariableScope, path: string): string {
    const { text, options } = readHeader(content);
    const body = cached(this.#files, content, () => parseTemplate(text, options));
    return this.#renderBody(body, text, scope, this.files.beside(path));
  }

  /** The value of an expression without braces. @throws TemplateFailure */
  evaluate(expression: string, scope: VariableScope): unknown {
    // Ansible puts conditions into a statement, where backslashes are escapes.
    const expr = cached(this.#expressions, expression, (it) => parseWholeExpression(it, true));
    return this.#value(expr, scope, expression);
  }

  /**
   * A value with every text in it templated; a text that is one `{{ … }}` keeps its type.
   * @throws TemplateFailure
   */
  template(value: unknown, scope: VariableScope): unknown {
    if (typeof value === "string") return this.#templateText(value, scope);
    if (Array.isArray(value)) return value.map((it) => this.template(it, scope));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, it]) => [this.render(key, scope), this.template(it, scope)]),
    );
  }

  /** What a lookup gives, as `with_…` loops over it. @throws TemplateFailure */
  lookup(name: string, terms: readonly unknown[], scope: VariableScope): readonly unknown[] {
    const { surroundings } = this.#frame(scope).run;
    const call = { name, terms, options: {}, asList: true, scope };
    const found = bounded(() => toData(surroundings.lookup(call)));
    return Array.isArray(found) ? (found as unknown[]) : [found];
  }

  /** Says what is wrong with a template's grammar. */
  tryCheck(text: string, kind: "template" | "expression"): string | undefined {
    return failureOf(() => {
      if (kind === "template") this.#compile(text);
      else parseWholeExpression(text, true);
    });
  }

  #templateText(text: string, scope: VariableScope): unknown {
    if (!isTemplate(text)) return text;
    const { whole, body } = this.#compile(text);
    if (whole) return this.#value(whole, scope, text);
    return readLiteral(this.#renderBody(body, text, scope));
  }

  #compile(template: string): Compiled {
    return cached(this.#templates, template, () => compile(template));
  }

  #value(expr: Expr, scope: VariableScope, text: string): unknown {
    return bounded(() => {
      const value = evaluate(expr, this.#frame(scope));
      if (value instanceof Undefined && !value.lenient) {
        throw new TemplateFailure("undefined", value.reason || `\`${text.trim()}\` is undefined`);
      }
      return toData(value instanceof HostVariables ? value.all() : value);
    });
  }

  #renderBody(
    body: Body,
    source: string,
    scope: VariableScope,
    files = this.#filesOf(scope),
  ): string {
    return bounded(() => {
      const text = renderTemplate(body, this.#frame(scope, files));
      // As Ansible does: as many newlines at the end as the template has.
      const missing = newlinesAtEnd(source) - newlinesAtEnd(text);
      return missing > 0 ? text + "\n".repeat(missing) : text;
    });
  }

  #filesOf({ from }: VariableScope): TemplateFiles {
    return from === undefined ? this.files : this.files.beside(from);
  }

  #frame(scope: VariableScope, files = this.#filesOf(scope)): Frame {
    const surroundings: Surroundings = {
      clock: this.clock,
      load: (name) => {
        const found = files.find(name, "templates");
        if (!found) return undefined;
        const { text, options } = readHeader(found.content);
        const body = cached(this.#files, found.content, () => parseTemplate(text, options));
        return { path: found.path, body };
      },
      lookup: (call) =>
        lookupIn(call, {
          files,
          render: (content, path, over) => this.renderFile(content, over, path),
          template: (value, over) => this.template(value, over),
        }),
    };
    return new Frame(new RunState(surroundings, renderBody), scope);
  }
}

function compile(template: string): Compiled {
  const body = parseTemplate(template, IN_PLAYBOOKS);
  const [only] = body;
  const isWhole =
    body.length === 1 && only?.type === "print" && splitTemplate(template).length === 1;
  return isWhole ? { body, whole: only.value } : { body };
}

function newlinesAtEnd(text: string): number {
  return /\n*$/.exec(text)?.[0].length ?? 0;
}

/** What is nested too deep for this machine fails as a template does. */
function bounded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TemplateFailure("other", "the value is too deep or too large for a template");
  }
}

function failureOf(work: () => void): string | undefined {
  try {
    bounded(work);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateFailure) return error.message;
    throw error;
  }
}

function cached<T>(cache: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const made = make(key);
  cache.set(key, made);
  return made;
}
