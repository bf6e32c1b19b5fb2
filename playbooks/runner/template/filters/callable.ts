/** What a filter or test is to the engine. */

/** What a call gives beside the value and its positional arguments. */
export interface CallContext {
  /** Keyword arguments. */
  readonly named: Readonly<Record<string, unknown>>;
  /** A variable of a host: one value, or none. */
  readonly hostvar: (host: unknown, path: readonly unknown[]) => readonly unknown[];
}

/** A filter or a test. Values are plain data; what is thrown fails the template. */
export interface Callable {
  /** Names of its keyword arguments; `any` when every name is one. */
  readonly keywords?: readonly string[] | "any";
  /** Whether None is a sensible value. @default false */
  readonly nullable?: boolean;
  run(value: unknown, args: readonly unknown[], context: CallContext): unknown;
}

/** A table of filters or tests. */
export type Callables = Readonly<Record<string, Callable>>;

/** The argument by position or by name. */
export function argument(
  args: readonly unknown[],
  { named }: CallContext,
  position: number,
  name: string,
): unknown {
  return args[position] ?? named[name];
}
