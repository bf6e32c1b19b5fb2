/** What a module is: arguments as in Ansible, a pure plan where possible, and a run on one host. */
import type { z } from "zod";
import type { CallOptions } from "../../core/bounded";
import type { Host } from "./host";

/** A file of the machine that runs the plays. */
export interface SavedFile {
  /** Absolute. */
  readonly path: string;
  /** `folder`: a folder is in the way, and nothing was written. */
  readonly outcome: "written" | "same" | "folder";
}

/** What a module's run gets. */
export interface TaskContext extends Required<CallOptions> {
  readonly host: Host;
  /** Say what would change, change nothing. */
  readonly check: boolean;
  /** Whether to fill {@link TaskResult.diff}. */
  readonly diff: boolean;
  /** Content of a file that travels with the playbook, by the path that the task names; undefined when missing. */
  file(path: string): Buffer | undefined;
  /** Names of travelling files below a folder path, with `/`, relative to it; empty when there is none. */
  filesBelow(path: string): readonly string[];
  /**
   * Writes a file of the machine that runs the plays, whole and only where it differs; folders that are missing
   * are made. A relative path is below the run's `localFolder`.
   */
  saveLocal(path: string, content: Buffer): Promise<SavedFile>;
  /**
   * Renders a template file with the task's variables.
   * @param path - as the task names it: what the template includes is looked for beside it
   */
  render(template: string, path: string): string;
  /** Value of a Jinja2 expression (without braces) with the task's variables. */
  evaluate(expression: string): unknown;
  /** What became of a task that runs beside the others: its result, or that it runs; undefined when there is none. */
  job(id: string): Readonly<Record<string, unknown>> | "running" | undefined;
  /** Forgets such a task. */
  dropJob(id: string): boolean;
  /** All variables of the host in this task, facts included. */
  readonly vars: Readonly<Record<string, unknown>>;
}

/** What a module did. */
export interface TaskResult {
  readonly changed: boolean;
  readonly failed?: boolean;
  /** Skipped by the module itself, with the reason in `message`: such as `command` in check mode. */
  readonly skipped?: boolean;
  /** Ansible's `msg`. */
  readonly message?: string;
  /** What people are told behind the message, in brackets; plays do not see it. */
  readonly detail?: string;
  /** What `register` keeps beside changed, failed, skipped and msg, in Ansible's names. */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * Facts that the module found, as Ansible's modules name them (`ansible_kernel`, `getent_passwd`): variables
   * below those of the play, and members of `ansible_facts` without the prefix.
   */
  readonly hostFacts?: Readonly<Record<string, unknown>>;
  /** Becomes variables of the host from the next task on (`set_fact`). */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Unified diff, or commands, one a line. Never holds a secret. */
  readonly diff?: string;
  /** A host that takes part from the next play on (`add_host`). */
  readonly newHost?: NewHost;
  /** Groups that the host belongs to from now on, with the groups that they are part of (`group_by`). */
  readonly newGroups?: readonly string[];
  /** Figures for the end of the run (`set_stats`). */
  readonly stats?: RunStats;
}

/** A host that a task brings. */
export interface NewHost {
  readonly name: string;
  readonly groups: readonly string[];
  readonly vars: Readonly<Record<string, unknown>>;
}

/** Figures that a task gives. */
export interface RunStats {
  readonly data: Readonly<Record<string, unknown>>;
  /** Kept for each host by itself. */
  readonly perHost: boolean;
  /** Numbers and texts are added to what is there, mappings merged. */
  readonly aggregate: boolean;
}

/** A module. Arguments come templated, except those named in `expressions`. */
export interface Module<A = unknown> {
  /** Short name, `copy`; `ansible.builtin.copy` is the same. */
  readonly name: string;
  /** Arguments in Ansible's spelling, aliases resolved to the main name by the schema. Unknown ones are errors. */
  readonly args: z.ZodType<A>;
  /**
   * Every argument's name, aliases included, so that a wrong one is refused before anything is
   * templated. Absent: any name is an argument (set_fact).
   */
  readonly parameters?: readonly string[];
  /** The argument that a plain string fills (`command: ls -l`): undefined when a mapping is required. */
  readonly freeForm?: string;
  /** Arguments that hold expressions and are evaluated by the module: `that` of assert, `var` of debug. */
  readonly expressions?: readonly string[];
  /** Runs on no host connection (debug, assert, fail, set_fact). @default false */
  readonly local?: boolean;
  /** Makes its connection itself, with the first command and again after `close`. @default false */
  readonly connects?: boolean;
  /** Runs once for all hosts of a batch (add_host, pause). @default false */
  readonly once?: boolean;
  run(context: TaskContext, args: A): Promise<TaskResult>;
}
