/** What a filter or a test is. */
import type { Clock } from "../../../../core/clock";
import type { Named } from "../values";

/** What a call gives beside the value and its positional arguments. */
export interface CallContext {
  /** Keyword arguments that {@link Callable.params} does not place. */
  readonly named: Named;
  /** Undefined where a run must not look at one. */
  readonly clock: Clock | undefined;
  /** Calls another filter. */
  readonly filter: (
    name: string,
    value: unknown,
    args?: readonly unknown[],
    named?: Named,
  ) => unknown;
  /** Calls a test. */
  readonly test: (
    name: string,
    value: unknown,
    args?: readonly unknown[],
    named?: Named,
  ) => boolean;
}

/** A filter or a test. What is thrown fails the template. */
export interface Callable {
  /** Names of its arguments, in their order: each may be given by place or by name. */
  readonly params?: readonly string[];
  /** Any number of arguments by position. @default false */
  readonly variadic?: boolean;
  /** Names of arguments that have no place; `any` when every name is one. */
  readonly keywords?: readonly string[] | "any";
  /** Whether undefined values are passed on, instead of failing. @default false */
  readonly takesUndefined?: boolean;
  run(value: unknown, args: readonly unknown[], context: CallContext): unknown;
}

/** A table of filters or tests. */
export type Callables = Readonly<Record<string, Callable>>;
