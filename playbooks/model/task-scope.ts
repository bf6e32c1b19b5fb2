/** What the reading of a list of tasks knows of its surroundings. */
import type { Cursor } from "./cursor";
import type { Parsing, ReachBuilder } from "./parsing";
import type { Directives, RoleUse, Step, Task, Variables } from "./play";

/** What the tasks of a play leave to it while they are read. */
export interface PlayParts {
  /** Folder of the playbook, among the travelling files. */
  readonly folder: string;
  /** Roles that are part of the play by its text, in their order. */
  readonly roles: RoleUse[];
  /** Handlers of imported and included roles. */
  readonly handlers: Task[];
}

/** Arguments of a module that blocks and plays give to its tasks. */
export type ModuleDefaults = ReadonlyMap<string, Variables>;

/** Where a list of tasks is read. */
export interface TaskScope {
  readonly parsing: Parsing;
  readonly reach: ReachBuilder;
  readonly inherited: Directives;
  readonly defaults: ModuleDefaults;
  readonly play: PlayParts;
  /** What tasks notify that say nothing of it themselves: of a block around them. */
  readonly notify?: readonly string[];
  /** Whether the tasks are included by a name or condition that asks for the system. @default false */
  readonly isOfSystem?: boolean;
  /** Files of tasks that are being read, outermost first. */
  readonly files: readonly string[];
  /** Reads a list of tasks: passed, because files of tasks and lists of tasks contain each other. */
  readonly read: (scope: TaskScope, at: Cursor) => Step[];
}
