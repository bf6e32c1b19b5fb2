/**
 * What checked playbooks are made of. Directives that Ansible inherits (when, tags, vars, become …) are
 * resolved while parsing: every task carries all that applies to it, outermost first.
 */
import type { Position } from "../../core/faults";
import type { Vault } from "../vault/vault";
import type { HostPattern } from "./host-pattern";
import type { TravellingFiles } from "./source";
import type { ChosenVariables } from "./vars-files";

/** A Jinja2 expression without braces, or a fixed truth. */
export type Condition = string | boolean;

/** A switch that may be a template. */
export type Flag = boolean | string;

/** Variables as written: templates in them are rendered where they are used. */
export type Variables = Readonly<Record<string, unknown>>;

/** A role, as it is used at one place. */
export interface RoleUse {
  readonly name: string;
  /** Its folder among the travelling files. */
  readonly path: string;
  /** Lowest first: of the roles that it needs, of those that brought it, its own. */
  readonly defaults: readonly Variables[];
  /** Lowest first: of the roles that brought it, of those that it needs, given with `vars`, its own. */
  readonly vars: readonly Variables[];
  /** Given beside its name; the last wins. */
  readonly params: readonly Variables[];
  /** Names of the roles that brought it, the nearest first. */
  readonly parents: readonly string[];
  /** Folders of the same. */
  readonly parentPaths: readonly string[];
  /** Equal for uses of which a host runs only the first that did anything; undefined when each runs. */
  readonly once?: string;
  /** By include_role or import_role: then its tasks can ask for {@link parents}. */
  readonly included: boolean;
  /** Names of the roles that it needs. */
  readonly needs: readonly string[];
}

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
  readonly runOnce?: Flag;
  /** Name of the host on which the task runs, or a template of one. */
  readonly delegateTo?: string;
  /** For hosts whose user the inventory leaves open. */
  readonly remoteUser?: string;
  /** For hosts whose port the inventory leaves open. */
  readonly port?: number | string;
  /** `ssh`, or `local`: the host is this machine. */
  readonly connection?: string;
  /** Whether facts belong to the host that the task is delegated to. */
  readonly delegateFacts?: Flag;
  /** Seconds that a task may take; 0: no limit. */
  readonly timeout?: number | string;
  /** Most hosts at work on a task at once; 0: no limit. */
  readonly throttle?: number | string;
  /** The role that the task belongs to. */
  readonly role?: RoleUse;
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

/** What `with_…` can loop over. */
export const LOOP_KINDS = [
  "items",
  "list",
  "dict",
  "flattened",
  "together",
  "nested",
  "cartesian",
  "subelements",
  "sequence",
  "indexed_items",
  "file",
  "fileglob",
  "first_found",
  "template",
  "varnames",
  "inventory_hostnames",
] as const;

/** What `with_…` can loop over. */
export type LoopKind = (typeof LOOP_KINDS)[number];

/** A loop: a list, or a template of one. */
export interface Loop extends LoopControl {
  readonly items: unknown;
  /** What is made of the items: `items` flattens one level. */
  readonly lookup: LoopKind;
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
  /** Seconds that the task may take beside the others; 0: not beside them. */
  readonly async?: number | string;
  /** Seconds between two looks at a task that runs beside the others; 0: nobody waits for it. @default 15 */
  readonly poll?: number | string;
}

/** `include_tasks` and `include_role`: what is read is known when the task runs. */
export interface Include extends StepBase {
  readonly kind: "include";
  readonly module: "include_tasks" | "include_role";
  /** The file's or the role's name, perhaps a template. */
  readonly file: string;
  readonly loop?: Loop;
  /** Variables for the included tasks. */
  readonly vars: Variables;
  /** Tasks of every travelling file or role that the name can mean, by its path. */
  readonly branches: ReadonlyMap<string, Branch>;
  /** Of roles: their variables stay for the tasks behind. @default false */
  readonly public?: boolean;
}

/** What an include can bring. */
export interface Branch {
  readonly steps: readonly Step[];
  /** Undefined for a file of tasks. */
  readonly role?: RoleUse;
}

/** `include_vars`: variables of files, from here on. */
export interface IncludeVars extends StepBase {
  readonly kind: "include_vars";
  /** A file's name, perhaps a template; undefined for a folder. */
  readonly file?: string;
  readonly dir?: FolderOfVariables;
  /** They become members of this variable. */
  readonly into?: string;
  readonly register?: string;
  readonly loop?: Loop;
  /** Variables of every travelling file that may be meant, by path. */
  readonly documents: ReadonlyMap<string, Variables>;
}

/** A folder for {@link IncludeVars}. */
export interface FolderOfVariables {
  /** Perhaps a template. */
  readonly path: string;
  /** Folders below it; 0: no limit. */
  readonly depth: number;
  /** A regular expression for names. */
  readonly matching?: string;
  readonly ignored: readonly string[];
  /** Without the dot. */
  readonly extensions: readonly string[];
  /** Files with other endings are no mistake. */
  readonly ignoresOthers: boolean;
}

/** A block with what follows its failure and what follows in any case. */
export interface Block extends StepBase {
  readonly kind: "block";
  readonly block: readonly Step[];
  readonly rescue: readonly Step[];
  readonly always: readonly Step[];
}

/** What `meta` can do. */
export const META_ACTIONS = [
  "flush_handlers",
  "end_play",
  "end_batch",
  "end_host",
  "clear_facts",
  "clear_host_errors",
  "reset_connection",
  "refresh_inventory",
  "noop",
] as const;

/** What `meta` can do. */
export type MetaAction = (typeof META_ACTIONS)[number];

/** `meta`: an order to the runner. */
export interface Meta extends StepBase {
  readonly kind: "meta";
  /** `role_complete`: the use of a role that its directives name has come to its end. */
  readonly action: MetaAction | "role_complete";
}

/** One step of a play. */
export type Step = Task | Include | IncludeVars | Block | Meta;

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

/** In which order the hosts of a play begin. */
export const HOST_ORDERS = ["inventory", "reverse_inventory", "sorted", "reverse_sorted"] as const;

/** In which order the hosts of a play begin. */
export type HostOrder = (typeof HOST_ORDERS)[number];

/** A play. */
export interface Play {
  readonly name: string;
  readonly at: Position;
  readonly hosts: HostPattern;
  readonly gatherFacts: Flag;
  /** Lowest first: `vars`, then each of `vars_files`. */
  readonly vars: readonly Variables[];
  /** Entries of `vars_files` with templates. */
  readonly chosen: readonly ChosenVariables[];
  readonly directives: Directives;
  /** Sections run one after the other, with handlers flushed behind each: pre_tasks, tasks, post_tasks. */
  readonly sections: readonly (readonly Step[])[];
  readonly handlers: readonly Task[];
  /** Roles that are part of the play by its text, whose variables every task sees; lowest first. */
  readonly roles: readonly RoleUse[];
  /** `free`: every host goes its own way. */
  readonly strategy: "linear" | "free";
  /** @default inventory */
  readonly order: HostOrder;
  /** Handlers run also on hosts that failed. */
  readonly forceHandlers: Flag;
  /** The play ends when more of a batch failed, in percent. @default - when all did */
  readonly maxFailPercentage?: number | string;
  /** Hosts a batch: numbers and percentages; the last repeats. Empty: all at once. */
  readonly serial: readonly (number | `${number}%`)[];
  /** The play as data: what digests see. */
  readonly data: unknown;
  readonly reach: Reach;
}

/** Variables of files beside playbooks: `group_vars/` and `host_vars/`, by the names of groups and hosts. */
export interface VariablesBeside {
  readonly groups: ReadonlyMap<string, Variables>;
  readonly hosts: ReadonlyMap<string, Variables>;
}

/** Playbooks that passed every check, in their order. */
export interface CheckedPlaybooks {
  readonly plays: readonly Play[];
  readonly beside: VariablesBeside;
  /** The travelling files with vaults opened. @default - those of the run as they are */
  readonly files?: TravellingFiles;
  /** What opened vaults: it knows the values that no output may show. */
  readonly vault?: Vault;
}
