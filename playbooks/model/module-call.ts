/** Reads which module a task names and with which arguments, and checks both as far as they are fixed. */
import type { z } from "zod";
import type { FaultParts } from "../../core/faults";
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import { REFUSED_MODULES, TASK_KEYWORDS } from "./keywords";
import type { ModuleSpec, Parsing } from "./parsing";
import { isTemplate } from "./template/tokens";

/** A module with its arguments as written. */
export interface ModuleCall {
  /** Short name; unknown modules are reported already and give undefined instead of a call. */
  readonly module: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Where the arguments stand. */
  readonly at: Cursor;
}

/** What the engine does itself. */
export const ENGINE_MODULES = ["include_tasks", "import_tasks", "meta"] as const;

/** Modules that left Ansible's core for these collections are the same here by either name. */
const PREFIX =
  /^(ansible\.(builtin|legacy)\.|ansible\.posix\.(?=(authorized_key|mount|sysctl)$)|community\.general\.(?=(archive|ini_file|modprobe)$))/;
const KEY_VALUE = /(^|\s)(creates|removes|chdir|executable|stdin)=/;
const PAIR = /^\s*[a-z_]+=/;

/** The module's short name: `ansible.builtin.copy` is `copy`. */
export function shortName(name: string): string {
  return name.replace(PREFIX, "");
}

/** Finds the module of a task. @returns undefined when something is wrong; it is reported then */
export function readModuleCall(parsing: Parsing, task: Cursor): ModuleCall | undefined {
  const candidates = task.keys.filter((it) => !Object.hasOwn(TASK_KEYWORDS, it));
  const [module, second] = candidates.filter((it) => isModule(parsing, it));
  if (candidates.length === 0) {
    parsing.report(task.fault("AS1406", { problem: "the task names no module" }));
  } else if (module !== undefined && second !== undefined) {
    parsing.report(task.keyFault("AS1406", second, { given: [module, second] }));
  } else if (module !== undefined) {
    return readArguments(parsing, task, module);
  }
  return undefined;
}

/** Whether a key of a task names a module that exists here. */
export function isModule(parsing: Parsing, key: string): boolean {
  const name = shortName(key);
  return parsing.rules.modules.has(name) || ENGINE_MODULES.some((it) => it === name);
}

/** The hint for a module of Ansible that is refused; undefined for anything else. */
export function refusedModule(key: string): string | undefined {
  const name = shortName(key);
  const hint = REFUSED_MODULES.get(name);
  if (hint !== undefined) return hint;
  return /^\w+\.\w+\.\w+$/.test(name) ? "only modules of ansible.builtin are there" : undefined;
}

function readArguments(parsing: Parsing, task: Cursor, key: string): ModuleCall | undefined {
  const module = shortName(key);
  const at = task.at(key);
  const extra = task.at("args").mapping ?? {};
  const { value } = at;
  if (isMapping(value)) return { module, args: { ...value, ...extra }, at };
  if (value === null) return { module, args: extra, at };
  const freeForm = freeFormOf(parsing, module);
  const parts = freeFormFault(value, module, freeForm);
  if (parts === undefined && freeForm !== undefined) {
    return { module, args: { ...extra, [freeForm]: value }, at };
  }
  parsing.report(at.fault("AS1408", { given: value, ...parts }));
  return undefined;
}

/** What is wrong with arguments written as plain text; undefined when nothing is. */
function freeFormFault(
  value: unknown,
  module: string,
  freeForm: string | undefined,
): FaultParts | undefined {
  const hint = "write `name: value` lines below the module";
  if (freeForm === undefined) return { allowed: "a mapping of arguments", hint };
  if (typeof value !== "string") return { allowed: "text, or a mapping of arguments" };
  if (PAIR.test(value) && module !== "raw") return { allowed: "text, or a mapping", hint };
  if (!KEY_VALUE.test(value) || module === "raw") return undefined;
  return {
    problem: "an argument inside the command's text",
    hint: "put creates and the like into args",
  };
}

function freeFormOf(parsing: Parsing, module: string): string | undefined {
  if (module === "meta") return "action";
  if (module === "include_tasks" || module === "import_tasks") return "file";
  return parsing.rules.modules.get(module)?.freeForm;
}

/** Checks arguments by the module's schema; what a template will fill is checked when it is filled. */
export function checkArguments(parsing: Parsing, call: ModuleCall, spec: ModuleSpec): void {
  const result = spec.args.safeParse(call.args);
  if (result.success) return;
  for (const issue of result.error.issues) {
    if (issue.code === "unrecognized_keys") {
      const { parameters: allowed } = spec;
      for (const key of issue.keys) {
        parsing.report(
          call.at.keyFault("AS1407", key, { given: key, ...(allowed ? { allowed } : {}) }),
        );
      }
    } else if (isRefused(issue) || !isOpen(call.args, issue.path, spec)) {
      const [argument] = issue.path;
      const at = typeof argument === "string" ? call.at.at(argument) : call.at;
      const given = at === call.at || at.value === undefined ? {} : { given: at.value };
      parsing.report(at.fault("AS1408", { problem: issueText(issue, argument), ...given }));
    }
  }
}

/** Whether the argument is refused by its name, whatever its value. */
function isRefused(issue: z.core.$ZodIssue): boolean {
  return issue.code === "custom" && issue.params?.refused === true;
}

/** Whether the issue may go away once templates are rendered. */
function isOpen(
  args: Readonly<Record<string, unknown>>,
  [name]: readonly PropertyKey[],
  { expressions = [] }: ModuleSpec,
): boolean {
  const has = (value: unknown): boolean => {
    if (typeof value === "string") return isTemplate(value);
    if (Array.isArray(value)) return value.some(has);
    return isMapping(value) && Object.values(value).some(has);
  };
  if (typeof name !== "string" || expressions.includes(name)) return false;
  return Object.hasOwn(args, name) && has(args[name]);
}

function issueText(issue: z.core.$ZodIssue, argument: PropertyKey | undefined): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return `argument ${String(argument)} is needed`;
  }
  const name = typeof argument === "string" ? `argument ${argument}: ` : "";
  return (
    name + issue.message.replace(/^Invalid input: /, "").replace(/^./, (it) => it.toLowerCase())
  );
}
