/**
 * Templates in a scope of variables: text, expressions and whole values. Variables are resolved
 * lazily, only what a template names; results are data and are never templated again.
 */
import { isTemplate } from "../../model/template/tokens";
import {
  compileExpression,
  compileTemplate,
  slotName,
  wholeExpression,
  type Compiled,
  type Slot,
} from "./compile";
import { Conversion } from "./convert";
import { TemplateEngine, type Frame } from "./engine";
import { TemplateFailure } from "./failure";
import { pythonPrint, pythonStr } from "./python";

/** What became of a look-up. */
export type Found =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly reason: string };

/** The variables that a template sees. */
export interface VariableScope {
  /** A variable, or a part of it. @throws TemplateFailure other than of kind `undefined` */
  find(root: string, path: readonly (string | number)[]): Found;
  /** A variable of another host. */
  findOfHost(host: string, path: readonly (string | number)[]): Found;
}

const MAX_CACHED = 5_000;

/** Renders; compiled templates are kept. One a run. */
export class Templar {
  readonly #engine = new TemplateEngine();
  readonly #templates = new Map<string, Compiled>();
  readonly #expressions = new Map<string, Compiled>();
  readonly #whole = new Map<string, string | undefined>();

  /** Text with every template in it rendered. @throws TemplateFailure */
  render(template: string, scope: VariableScope): string {
    if (!isTemplate(template)) return template;
    const compiled = cached(this.#templates, template, compileTemplate);
    const found = new Slots(compiled.slots, scope);
    if (compiled.simple) {
      return compiled.simple
        .map((it) => (typeof it === "number" ? pythonPrint(found.get(it)) : it))
        .join("");
    }
    return this.#engine.render(found.rendering(compiled));
  }

  /** The value of an expression without braces. @throws TemplateFailure */
  evaluate(expression: string, scope: VariableScope): unknown {
    const compiled = cached(this.#expressions, expression, compileExpression);
    const found = new Slots(compiled.slots, scope);
    const only = compiled.simple?.[0];
    if (typeof only === "number") return found.get(only);
    return this.#engine.evaluate(found.rendering(compiled));
  }

  /**
   * A value with every text in it templated; a text that is one `{{ … }}` keeps its type.
   * @throws TemplateFailure
   */
  template(value: unknown, scope: VariableScope): unknown {
    if (typeof value === "string") return this.#templateText(value, scope);
    if (Array.isArray(value)) return value.map((it) => this.template(it, scope));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, it]) => [this.render(key, scope), this.template(it, scope)]),
    );
  }

  /** Says what is wrong with a template's grammar, as far as the engine can tell. */
  tryCheck(text: string, kind: "template" | "expression"): string | undefined {
    try {
      const compiled = kind === "template" ? compileTemplate(text) : compileExpression(text);
      if (compiled.simple) return undefined;
      const source = compiled.source(new Set());
      this.#engine.check(kind === "template" ? source : `{{ (${source}) }}`);
      return undefined;
    } catch (error) {
      if (error instanceof TemplateFailure) return error.message;
      throw error;
    }
  }

  #templateText(text: string, scope: VariableScope): unknown {
    if (!isTemplate(text)) return text;
    const expression = cached(this.#whole, text, wholeExpression);
    return expression === undefined ? this.render(text, scope) : this.evaluate(expression, scope);
  }
}

/** The variables of one rendering. */
class Slots {
  readonly #found: readonly Found[];

  constructor(
    readonly slots: readonly Slot[],
    readonly scope: VariableScope,
  ) {
    this.#found = slots.map(({ root, path }) => scope.find(root, path));
  }

  get(slot: number): unknown {
    const found = this.#found[slot];
    if (found?.found) return found.value;
    throw new TemplateFailure("undefined", found?.reason ?? "undefined");
  }

  rendering({ source, bound }: Compiled): {
    source: string;
    context: Record<string, unknown>;
    frame: Frame;
  } {
    const conversion = new Conversion();
    const missing = new Set<number>();
    const context: Record<string, unknown> = {};
    this.#found.forEach((it, slot) => {
      if (it.found) context[slotName(slot)] = conversion.toEngine(it.value);
      else missing.add(slot);
    });
    for (const name of bound) {
      const outer = this.scope.find(name, []);
      if (outer.found) context[name] = conversion.toEngine(outer.value);
    }
    return { source: source(missing), context, frame: this.#frame(conversion) };
  }

  #frame(conversion: Conversion): Frame {
    const missed: string[] = [];
    return {
      conversion,
      missed,
      explainMissing: (slot) => {
        const found = this.#found[slot];
        return found && !found.found ? found.reason : "undefined";
      },
      hostvar: (host, path) => {
        const keys = path.map((it) => (typeof it === "number" ? it : pythonStr(it)));
        const found = this.scope.findOfHost(pythonStr(host), keys);
        if (found.found) return [found.value];
        missed.push(found.reason);
        return [];
      },
    };
  }
}

function cached<T>(cache: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = cache.get(key);
  if (known !== undefined || cache.has(key)) return known as T;
  if (cache.size >= MAX_CACHED) cache.clear();
  const made = make(key);
  cache.set(key, made);
  return made;
}
