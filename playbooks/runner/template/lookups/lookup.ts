/** A lookup: a source of values beside variables. */
import type { VariableScope } from "../scope";
import type { TemplateFiles } from "../template-files";
import type { Named } from "../values";

/** What lookups work with. */
export interface LookupContext {
  /** The name that was called, for messages. */
  readonly name: string;
  readonly options: Named;
  readonly scope: VariableScope;
  readonly files: TemplateFiles;
  /** Renders a template file over a scope. */
  readonly render: (content: string, path: string, scope: VariableScope) => string;
  /** Templates in a value, rendered. */
  readonly template: (value: unknown, scope: VariableScope) => unknown;
}

/** Gives a list for its terms. @throws TemplateFailure */
export interface Lookup {
  /** Names of the options that it takes. @default none */
  readonly options?: readonly string[];
  run(terms: readonly unknown[], context: LookupContext): readonly unknown[];
}

/** A table of lookups. */
export type Lookups = Readonly<Record<string, Lookup>>;
