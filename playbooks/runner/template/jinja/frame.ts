/** What one rendering knows: the names that the template itself binds, and the way to everything else. */
import type { Clock } from "../../../../core/clock";
import { TemplateFailure } from "../failure";
import type { Named } from "../values";
import type { Found, VariableScope } from "../scope";
import type { Body } from "./ast";

/** Steps of one rendering; a template that never ends runs out of them. */
const MAX_STEPS = 2_000_000;
const MAX_DEPTH = 150;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** A template among the travelling files. */
export interface LoadedTemplate {
  readonly path: string;
  readonly body: Body;
}

/** What a template may ask for beside variables. */
export interface Surroundings {
  /** Another template; undefined when there is none of this name. */
  load(name: string): LoadedTemplate | undefined;
  /** Undefined where a run must not look at one. */
  readonly clock: Clock | undefined;
  /** What a lookup gives. @throws TemplateFailure */
  lookup(call: LookupCall): unknown;
}

/** A call of `lookup` or `query`. */
export interface LookupCall {
  readonly name: string;
  readonly terms: readonly unknown[];
  readonly options: Named;
  /** Always a list: `query`. */
  readonly asList: boolean;
  readonly scope: VariableScope;
}

/** Bodies of blocks by name, the most special first. */
export type Blocks = ReadonlyMap<string, readonly Body[]>;

/** Where text goes. */
export interface Output {
  readonly parts: string[];
  readonly blocks: Blocks;
}

/** How a body ended. */
export type Ending = "done" | "break" | "continue";

/** Adds the text of a body to the output. */
export type RenderBody = (body: Body, frame: Frame, output: Output) => Ending;

/** State of one rendering, bounded. */
export class RunState {
  #steps = MAX_STEPS;
  #depth = 0;
  #output = 0;

  /**
   * @param surroundings - the way to other files
   * @param render - what macros, blocks and includes are rendered by
   */
  constructor(
    readonly surroundings: Surroundings,
    readonly render: RenderBody,
  ) {}

  /** The text of a body, on its own. */
  textOf(body: Body, frame: Frame, blocks: Blocks): string {
    const output: Output = { parts: [], blocks };
    this.render(body, frame, output);
    return output.parts.join("");
  }

  /** @throws TemplateFailure when the template takes too long */
  spend(steps = 1): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TemplateFailure("other", "the template takes too long");
  }

  /** @throws TemplateFailure when too much is written */
  written(length: number): void {
    this.#output += length;
    if (this.#output > MAX_OUTPUT) throw new TemplateFailure("other", "the text is too large");
  }

  /** @throws TemplateFailure when calls and includes are nested too deep */
  deeper<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new TemplateFailure("other", "the template calls itself too deep");
    }
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }
}

/** Names bound at one place; those around it are seen through it. */
export class Frame {
  readonly #values = new Map<string, unknown>();

  /**
   * @param run - state of the rendering
   * @param scope - the variables around the template
   * @param parent - the names around
   */
  constructor(
    readonly run: RunState,
    readonly scope: VariableScope,
    readonly parent?: Frame,
  ) {}

  /** A frame inside this one. */
  inner(): Frame {
    return new Frame(this.run, this.scope, this);
  }

  /** Binds a name here. */
  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  /** Whether the template binds the name. */
  has(name: string): boolean {
    return this.#values.has(name) || this.parent?.has(name) === true;
  }

  /** What the template bound to a name. */
  get(name: string): unknown {
    return this.#values.has(name) ? this.#values.get(name) : this.parent?.get(name);
  }

  /** Names that are bound here. */
  own(): ReadonlyMap<string, unknown> {
    return this.#values;
  }
}

/** A scope without any variable, for what is imported without context. */
export const NO_VARIABLES: VariableScope = {
  find: (root): Found => ({ found: false, reason: `'${root}' is undefined` }),
  findOfHost: (host): Found => ({ found: false, reason: `'hostvars' has no host '${host}'` }),
};
