/**
 * Puts a module together from its arguments and its run: resolves aliases, refuses unknown
 * arguments, and turns failures of commands and files on a reached host into failed results.
 */
import { z } from "zod";
import { OuterFault } from "../../../core/faults";
import type { Module, TaskContext, TaskResult } from "../module";
import { isConnectionFault } from "../transport/connection-fault";
import { expandPaths } from "./args/expand-paths";
import { isPath } from "./args/fields";
import { TaskFailure } from "./task-failure";

/** What a module's file gives. */
export interface ModuleDefinition<S extends z.ZodRawShape> extends Pick<
  Module,
  "name" | "freeForm" | "expressions" | "local" | "connects" | "once"
> {
  /** Arguments by their main names. */
  readonly args: S;
  /** Other names by main name. */
  readonly aliases?: Readonly<Partial<Record<keyof S & string, readonly string[]>>>;
  /**
   * Arguments of Ansible that cannot be had, with the nearest form. A plain "no" is what happens anyway,
   * so it is taken.
   */
  readonly refused?: Readonly<Record<string, string>>;
  /** Keeps what it is given instead of refusing unknown arguments: `set_fact`. */
  readonly open?: boolean;
  /** What is wrong with the arguments together; undefined when nothing is. */
  check?(args: z.output<z.ZodObject<S>>): string | undefined;
  run(context: TaskContext, args: z.output<z.ZodObject<S>>): Promise<TaskResult> | TaskResult;
}

/** Makes the module. */
export function defineModule<S extends z.ZodRawShape>(
  definition: ModuleDefinition<S>,
): Module<z.output<z.ZodObject<S>>> {
  const { name, freeForm, expressions, local, connects, once } = definition;
  const shape = definition.open === true ? z.looseObject({}) : z.strictObject({});
  const plain = shape.extend(definition.args) as unknown as z.ZodObject<S>;
  const object = plain.superRefine((args, context) => {
    const message = definition.check?.(args);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
  const aliases = Object.entries<readonly string[] | undefined>(definition.aliases ?? {}).flatMap(
    ([main, others]) => (others ?? []).map((it) => [it, main] as const),
  );
  const paths = Object.entries(definition.args).flatMap(([it, field]) =>
    isPath(field as z.ZodType) ? [it] : [],
  );
  const parameters = [...Object.keys(definition.args), ...aliases.map(([it]) => it)];
  return {
    name,
    ...(definition.open === true ? {} : { parameters }),
    args: z.preprocess((input, context) => {
      const rest = withoutRefused(input, definition.refused ?? {}, context);
      return withoutAliases(rest, aliases, context);
    }, object),
    ...(freeForm === undefined ? {} : { freeForm }),
    ...(expressions === undefined ? {} : { expressions }),
    ...(local === undefined ? {} : { local }),
    ...(connects === undefined ? {} : { connects }),
    ...(once === undefined ? {} : { once }),
    run: async (context, args) => {
      try {
        return await definition.run(context, await withExpandedPaths(context, paths, args));
      } catch (error) {
        return failed(error);
      }
    },
  };
}

/** What tells the checks that no template can mend an argument. */
const REFUSED = { refused: true } as const;

function withoutRefused(
  input: unknown,
  refused: Readonly<Record<string, string>>,
  context: z.RefinementCtx,
): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const args: Record<string, unknown> = { ...input };
  for (const [name, hint] of Object.entries(refused)) {
    if (!Object.hasOwn(args, name)) continue;
    if (!NO.has(args[name])) {
      const message = `not supported: ${hint}`;
      context.addIssue({ code: "custom", message, path: [name], params: REFUSED });
    }
    Reflect.deleteProperty(args, name);
  }
  return args;
}

const NO: ReadonlySet<unknown> = new Set([false, "no", "false", null]);

function withoutAliases(
  input: unknown,
  aliases: readonly (readonly [string, string])[],
  context: z.RefinementCtx,
): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const args: Record<string, unknown> = { ...input };
  for (const [alias, main] of aliases) {
    if (!Object.hasOwn(args, alias)) continue;
    if (Object.hasOwn(args, main)) {
      const message = `"${alias}" is another name of "${main}": give one of them`;
      context.addIssue({ code: "custom", message, path: [alias] });
    }
    args[main] = args[alias];
    Reflect.deleteProperty(args, alias);
  }
  return args;
}

/** The arguments with `~` and `$NAME` expanded in those that are paths. */
async function withExpandedPaths<A extends object>(
  context: TaskContext,
  names: readonly string[],
  args: A,
): Promise<A> {
  const given = Object.entries(args).filter(([it]) => names.includes(it));
  const texts = given.map(([, it]) => [it].flat() as readonly unknown[]);
  const flat = texts.flat().filter((it) => typeof it === "string");
  const expanded = [...(await expandPaths(context, flat))];
  const result = given.map(([name, value], index) => {
    const own = texts[index]?.map((it) => (typeof it === "string" ? expanded.shift() : it)) ?? [];
    return [name, Array.isArray(value) ? own : own[0]] as const;
  });
  return { ...args, ...Object.fromEntries(result) };
}

function failed(error: unknown): TaskResult {
  if (error instanceof TaskFailure) {
    return { changed: false, failed: true, message: error.message, values: error.values };
  }
  if (error instanceof OuterFault && !isConnectionFault(error)) {
    return { changed: false, failed: true, message: error.message };
  }
  throw error;
}
