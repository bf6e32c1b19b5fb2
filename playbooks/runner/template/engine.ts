/**
 * The one home of minijinja-js. Loaded at the first template that needs it; filters and tests of
 * Ansible are added here. A filter that throws would break the engine for good, so its error is kept
 * aside and thrown when the engine has returned.
 */
import type * as MiniJinja from "minijinja-js";
import { Bug } from "../../../core/faults";
import { isMapping } from "../../../core/mapping";
import { STAND_INS } from "./compile";
import { Conversion } from "./convert";
import { TemplateFailure } from "./failure";
import { FILTERS } from "./filters/filters";
import type { Callable } from "./filters/callable";
import { TESTS } from "./filters/tests";

/** Steps of one rendering; a template that never ends runs out of them. */
const FUEL = 20_000_000;

/** What one rendering gives to the functions that the engine calls. */
export interface Frame {
  /** The one that made the context. */
  readonly conversion: Conversion;
  /** Text of the error for a slot without value. */
  readonly explainMissing: (slot: number) => string;
  /** A variable of a host: one value, or none. */
  readonly hostvar: (host: unknown, path: readonly unknown[]) => readonly unknown[];
  /** Why variables of hosts were not found so far: the engine itself knows no names. */
  readonly missed: readonly string[];
}

/** Renders text, or evaluates an expression when `typed`. Context and result are plain data. */
export interface Rendering {
  readonly source: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly frame: Frame;
}

/** A rendering may need another one while it goes on: each level has an engine of its own. */
export class TemplateEngine {
  readonly #levels: Level[] = [];
  #depth = 0;

  /** @throws TemplateFailure */
  render({ source, context, frame }: Rendering): string {
    return this.#run(frame, (level) => level.environment.renderStr(source, context));
  }

  /** @throws TemplateFailure */
  evaluate({ source, context, frame }: Rendering): unknown {
    return this.#run(frame, (level) => {
      const value: unknown = level.environment.evalExpr(source, context);
      if (value !== undefined) return frame.conversion.fromEngine(value);
      // None and undefined look the same from outside, so the engine is asked which it was.
      if (level.environment.evalExpr(`(${source}) is undefined`, context) === true) {
        const missed = frame.missed.at(-1);
        const own = `\`${source.trim()}\` is undefined`;
        throw new TemplateFailure("undefined", missed ? `undefined value: ${missed}` : own);
      }
      return null;
    });
  }

  /** Parses without rendering. @throws TemplateFailure */
  check(source: string): void {
    const conversion = new Conversion();
    const frame = { conversion, explainMissing: () => "", hostvar: () => [], missed: [] };
    this.#run(frame, ({ environment }) => {
      environment.addTemplate("check", source);
      environment.removeTemplate("check");
    });
  }

  #run<T>(frame: Frame, work: (level: Level) => T): T {
    const level = (this.#levels[this.#depth] ??= makeLevel());
    this.#depth += 1;
    level.frame = frame;
    level.failures.length = 0;
    try {
      const result = work(level);
      level.failures.forEach(rethrow);
      return result;
    } catch (error) {
      throw translate(level.failures[0] ?? error, frame.missed.at(-1));
    } finally {
      this.#depth -= 1;
      level.frame = undefined;
    }
  }
}

interface Level {
  readonly environment: MiniJinja.Environment;
  frame: Frame | undefined;
  /** What functions would have thrown, the first of them first. */
  readonly failures: unknown[];
}

function rethrow(error: unknown): never {
  throw error;
}

function makeLevel(): Level {
  const { Environment } = loadMiniJinja();
  const environment = new Environment();
  environment.enablePyCompat();
  environment.undefinedBehavior = "strict";
  environment.trimBlocks = true;
  environment.keepTrailingNewline = true;
  environment.fuel = FUEL;
  const level: Level = { environment, frame: undefined, failures: [] };
  addFunctions(level);
  for (const [name, it] of FILTERS) environment.addFilter(name, guarded(level, name, it));
  for (const [name, it] of TESTS) environment.addTest(name, guarded(level, name, it));
  return level;
}

function loadMiniJinja(): typeof MiniJinja {
  // Reading and compiling the engine takes time that runs without templates should not spend.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("minijinja-js") as typeof MiniJinja;
}

function addFunctions(level: Level): void {
  const { environment } = level;
  const keep = <T>(fallback: T, work: (frame: Frame) => T): T => {
    try {
      if (!level.frame) throw new Bug("a template function was called outside a rendering");
      return work(level.frame);
    } catch (error) {
      level.failures.push(error);
      return fallback;
    }
  };
  environment.addGlobal(STAND_INS.missing, (slot: number) =>
    keep(null, (frame) => {
      throw new TemplateFailure("undefined", frame.explainMissing(slot));
    }),
  );
  environment.addGlobal(STAND_INS.hostvars, (host: unknown, ...path: unknown[]) =>
    keep<unknown>([], (frame) => frame.conversion.toEngine(frame.hostvar(host, path))),
  );
}

function guarded(level: Level, name: string, callable: Callable) {
  return (value: unknown, ...given: unknown[]): unknown => {
    try {
      const { nullable, keywords = [] } = callable;
      if (value === undefined && nullable !== true) {
        throw new TemplateFailure("undefined", `\`${name}\` was given an undefined value or None`);
      }
      const conversion = level.frame?.conversion ?? new Conversion();
      const hostvar = level.frame?.hostvar ?? (() => []);
      const { args, named } = splitArguments(given, keywords, conversion);
      return conversion.toEngine(
        callable.run(conversion.fromEngine(value), args, { named, hostvar }),
      );
    } catch (error) {
      level.failures.push(error);
      return null;
    }
  };
}

/** Keyword arguments arrive as a last mapping, which looks like a mapping given by position. */
function splitArguments(
  given: readonly unknown[],
  keywords: readonly string[] | "any",
  conversion: Conversion,
): { args: readonly unknown[]; named: Readonly<Record<string, unknown>> } {
  const args = given.map((it) => (it === undefined ? undefined : conversion.fromEngine(it)));
  const raw = given.at(-1);
  const named = args.at(-1);
  const isNamed =
    raw instanceof Map &&
    raw.size > 0 &&
    isMapping(named) &&
    (keywords === "any" || Object.keys(named).every((it) => keywords.includes(it)));
  return isNamed ? { args: args.slice(0, -1), named } : { args, named: {} };
}

function translate(error: unknown, missed: string | undefined): Error {
  if (error instanceof TemplateFailure || error instanceof Bug) return error;
  if (!(error instanceof Error)) return new TemplateFailure("other", String(error));
  if (error.name === "RuntimeError") {
    return new Bug("the template engine broke down", { cause: error });
  }
  const [first = ""] = error.message.split("\n");
  const text = first.replace("(in <string>:", "(line ").replace(/ \(in <expression>:\d+\)$/, "");
  if (text.startsWith("syntax error")) {
    return new TemplateFailure("syntax", text.replace("(in check:", "(line "));
  }
  if (text.startsWith("undefined value")) {
    return new TemplateFailure("undefined", missed === undefined ? text : `${text}: ${missed}`);
  }
  return new TemplateFailure("other", text);
}
