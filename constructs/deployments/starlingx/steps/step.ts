/**
 * One step of provisioning, as data: what it asks, what must hold before, what it runs, and what it waits for. Commands
 * print tables; a condition is a row of one. Steps are in the order of StarlingX' installation guides.
 */

/** A word of a command: text, a value that was looked up before, or a secret. */
export type Word = string | { readonly ref: string } | { readonly secret: "sysadmin" };

/** A command with its words; nothing of it is read by a shell. */
export type Argv = readonly Word[];

/** Columns of a row, and the values that each may have. */
export type Columns = Readonly<Record<string, readonly Word[]>>;

/** Rows of a table. */
export interface Rows {
  /** Command that prints the table. */
  readonly ask: Argv;
  /** Which rows. */
  readonly where: Columns;
}

/** Something that is so, or not yet. */
export type Condition =
  /** There is a row. */
  | (Rows & { readonly kind: "row" })
  /** A column of such rows has these values and no other, numbers in whatever order. */
  | (Rows & {
      readonly kind: "values";
      readonly column: string;
      readonly values: readonly string[];
    })
  /** There is a file. */
  | { readonly kind: "file"; readonly path: string }
  /** A file has the line. */
  | { readonly kind: "line"; readonly path: string; readonly line: string };

/** A value of a row, under a name. There must be exactly one such row. */
export interface LookUp extends Rows {
  readonly ref: string;
  readonly column: string;
}

/** A command, and when it is left out. */
export interface Command {
  readonly argv: Argv;
  /** Left out when this is so already. @default - never */
  readonly unless?: Condition;
  /** Run once for each such row, with its column as `ref`. @default - once */
  readonly each?: LookUp;
  /** Tried again for so many seconds while the refusal says that something is in progress. @default 0 */
  readonly patienceSeconds?: number;
  /** Left out on machines without this program: what hands do elsewhere. @default - never */
  readonly onlyWith?: string;
}

/** A precondition, and what is wrong without it. */
export interface Gate {
  readonly that: Condition;
  readonly else: string;
}

/** What a step waits for. */
export interface Wait {
  /** All of these. */
  readonly until: readonly Condition[];
  readonly seconds: number;
  /** Given up at once when one of these is so. @default - none */
  readonly giveUp?: readonly Condition[];
}

/** See the header. */
export interface Step {
  /** `unlock(controller-0)`. */
  readonly id: string;
  /** What it does, for people. */
  readonly title: string;
  /** Node that it is carried out on. */
  readonly on: string;
  /** Nothing is done when all of these are so. Empty: it is always done. */
  readonly done: readonly Condition[];
  readonly lookUps: readonly LookUp[];
  readonly gates: readonly Gate[];
  readonly commands: readonly Command[];
  readonly wait?: Wait;
  /** Whether the node restarts, and the session with it. @default false */
  readonly restarts?: boolean;
}

/** A step with the parts that it lacks empty. */
export function step(parts: Pick<Step, "id" | "title" | "on"> & Partial<Step>): Step {
  return { done: [], lookUps: [], gates: [], commands: [], ...parts };
}

/** A row as a condition. */
export function row(ask: Argv, where: Readonly<Record<string, Word | readonly Word[]>>): Condition {
  return { kind: "row", ...rows(ask, where) };
}

/** Rows, with single values written without a list. */
export function rows(ask: Argv, where: Readonly<Record<string, Word | readonly Word[]>>): Rows {
  const columns = Object.entries(where).map(
    ([column, values]) => [column, isList(values) ? values : [values]] as const,
  );
  return { ask, where: Object.fromEntries(columns) };
}

function isList(it: Word | readonly Word[]): it is readonly Word[] {
  return Array.isArray(it);
}
