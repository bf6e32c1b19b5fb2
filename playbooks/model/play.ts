/**
 * What checked playbooks are made of. Directives that Ansible inherits (when, tags, vars, become …) are
 * resolved while parsing: every task carries all that applies to it, outermost first.
 */
import type { Position } from "../../core/faults";
import type { HostPattern } from "./host-pattern";

/** A Jinja2 expression without braces, or a fixed truth. */
export type Condition = string | boolean;

/** A switch that may be a template. */
export type Flag = boolean | string;

/** Variables as written: templates in them are rendered where they are used. */
export type Variables = Readonly<Record<string, unknown>>;

/** What plays, blocks and tasks may say about every task in them. */
export interface Directives {
  /** All must be true, outermost first. */
  readonly when: readonly Condition[];
  readonly tags: readonly string[];
  /** Outermost first; the last wins. */
  readonly vars: readonly Variables[];
  /** Outermost first: mappings, or templates of mappings. */
  readonly environment: readonly unknown[];
  readonly become?: Flag;
  readonly becomeUser?: string;
  readonly becomeMethod?: string;
  readonly noLog?: Flag;
  readonly ignoreErrors?: Flag;
  readonly ignoreUnreachable?: Flag;
  readonly checkMode?: Flag;
  readonly diff?: Flag;
  readonly anyErrorsFatal?: Flag;
}

/** How a loop shows its items. */
export interface LoopControl {
  /** @default item */
  readonly loopVar: string;
  readonly indexVar?: string;
  /** Template shown instead of the item. */
  readonly label?: string;
  /** Seconds between two items. @default 0 */
  readonly pause?: number | string;
  /** Sets `ansible_loop`. @default false */
  readonly extended: boolean;
}

/** A loop: a list, or a template of one. */
export interface Loop extends LoopControl {
  readonly items: unknown;
  /** `with_items` flattens one level. */
  readonly flatten: boolean;
}

/** What tasks and includes have in common. */
interface StepBase {
  readonly name: string;
  readonly at: Position;
  readonly directives: Directives;
}

/** A task: one module with its arguments. */
export interface Task extends StepBase {
  readonly kind: "task";
  /** Short name: `copy`. */
  readonly module: string;
  /** As written. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly loop?: Loop;
  readonly register?: string;
  readonly notify: readonly string[];
  /** Of handlers: topics beside the name. */
  readonly listen: readonly string[];
  readonly until: readonly Condition[];
  readonly retries?: number | string;
  readonly delay?: number | string;
  readonly changedWhen?: readonly Condition[];
  readonly failedWhen?: readonly Condition[];
  readonly runOnce?: Flag;
}

/** `include_tasks`: which file is read is known when the task runs. */
export interface Include extends StepBase {
  readonly kind: "include";
  /** The file's name, perhaps a template. */
  readonly file: string;
  readonly loop?: Loop;
  /** Variables for the included tasks. */
  readonly vars: Variables;
  /** Tasks of every travelling file that the name can mean, by the name as written. */
  readonly branches: ReadonlyMap<string, readonly Step[]>;
}

/** A block with what follows its failure and what follows in any case. */
export interface Block extends StepBase {
  readonly kind: "block";
  readonly block: readonly Step[];
  readonly rescue: readonly Step[];
  readonly always: readonly Step[];
}

/** What `meta` can do. */
export type MetaAction = "flush_handlers" | "end_play" | "end_host" | "noop";

/** `meta`: an order to the runner. */
export interface Meta extends StepBase {
  readonly kind: "meta";
  readonly action: MetaAction;
}

/** One step of a play. */
export type Step = Task | Include | Block | Meta;

/** What a play can read of the travelling files and how: digests are made of it. */
export interface Reach {
  /** Data of the files of tasks and variables that the play reads, by path. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** Paths of the files that it copies or renders by a fixed name. */
  readonly files: ReadonlySet<string>;
  /** Of these, the ones that it renders. */
  readonly templates: ReadonlySet<string>;
  /** A name is computed: any file may be read. */
  readonly anyFile: boolean;
}

/** A play. */
export interface Play {
  readonly name: string;
  readonly at: Position;
  readonly hosts: HostPattern;
  readonly gatherFacts: Flag;
  /** Lowest first: `vars`, then each of `vars_files`. */
  readonly vars: readonly Variables[];
  readonly directives: Directives;
  /** Sections run one after the other, with handlers flushed behind each: pre_tasks, tasks, post_tasks. */
  readonly sections: readonly (readonly Step[])[];
  readonly handlers: readonly Task[];
  /** Hosts a batch: numbers and percentages; the last repeats. Empty: all at once. */
  readonly serial: readonly (number | `${number}%`)[];
  /** The play as data: what digests see. */
  readonly data: unknown;
  readonly reach: Reach;
}

/** Playbooks that passed every check, in their order. */
export interface CheckedPlaybooks {
  readonly plays: readonly Play[];
}
