/** Reads which module a task names and with which arguments, and checks both as far as they are fixed. */
import type { z } from "zod";
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import { readKeyValues } from "./key-values";
import { REFUSED_MODULES, REFUSED_OF_COLLECTIONS, TASK_KEYWORDS } from "./keywords";
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
export const ENGINE_MODULES = [
  "include_tasks",
  "import_tasks",
  "include_role",
  "import_role",
  "include_vars",
  "meta",
] as const;

/** Modules that left Ansible's core for these collections are the same here by either name. */
const PREFIX =
  /^(ansible\.(builtin|legacy)\.|ansible\.posix\.(?=(authorized_key|mount|sysctl)$)|community\.general\.(?=(archive|ini_file|modprobe)$))/;
/** Modules whose text is a command; only these of its words are arguments. */
const COMMANDS: readonly string[] = ["command", "shell", "raw", "script"];
const IN_COMMANDS = [
  "chdir",
  "creates",
  "executable",
  "removes",
  "stdin",
  "stdin_add_newline",
  "strip_empty_ends",
];
const ACTIONS = ["action", "local_action"] as const;

/** The module's short name: `ansible.builtin.copy` is `copy`. */
export function shortName(name: string): string {
  return name.replace(PREFIX, "");
}

/** Finds the module of a task. @returns undefined when something is wrong; it is reported then */
export function readModuleCall(parsing: Parsing, task: Cursor): ModuleCall | undefined {
  const candidates = task.keys.filter((it) => !Object.hasOwn(TASK_KEYWORDS, it));
  const [module, second] = candidates.filter((it) => isModule(parsing, it));
  const action = ACTIONS.find((it) => task.has(it));
  if (action !== undefined && candidates.length === 0) return readAction(parsing, task, action);
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
  const nearby = REFUSED_OF_COLLECTIONS.get(name.split(".").at(-1) ?? "");
  if (hint !== undefined || nearby !== undefined) return hint ?? nearby;
  return /^\w+\.\w+\.\w+$/.test(name) ? "only modules of ansible.builtin are there" : undefined;
}

function readArguments(parsing: Parsing, task: Cursor, key: string): ModuleCall | undefined {
  const at = task.at(key);
  return readGiven(parsing, task, { module: shortName(key), at, value: at.value });
}

/** `action: copy src=a dest=b`, or the same as a mapping with the key `module`. */
function readAction(parsing: Parsing, task: Cursor, key: string): ModuleCall | undefined {
  const at = task.at(key);
  const { value } = at;
  const [, word = "", rest = ""] = /^\s*(\S+)\s*([\s\S]*)$/.exec(String(value)) ?? [];
  const named = isMapping(value) ? value.module : word;
  if (typeof named !== "string" || !isModule(parsing, named)) {
    const allowed = [...parsing.rules.modules.keys(), ...ENGINE_MODULES].sort();
    parsing.report(at.fault("AS1403", { problem: "unknown module", given: named, allowed }));
    return undefined;
  }
  const module = shortName(named);
  if (!isMapping(value))
    return readGiven(parsing, task, { module, at, value: rest === "" ? null : rest });
  const { module: _, ...args } = value;
  return readGiven(parsing, task, { module, at, value: args });
}

interface Given {
  readonly module: string;
  readonly at: Cursor;
  readonly value: unknown;
}

function readGiven(
  parsing: Parsing,
  task: Cursor,
  { module, at, value }: Given,
): ModuleCall | undefined {
  const extra = task.at("args").mapping ?? {};
  if (isMapping(value)) return { module, args: { ...extra, ...value }, at };
  if (value === null) return { module, args: extra, at };
  const freeForm = freeFormOf(parsing, module);
  if (typeof value !== "string") {
    const allowed =
      freeForm === undefined ? "a mapping of arguments" : "text, or a mapping of arguments";
    parsing.report(at.fault("AS1408", { given: value, allowed }));
    return undefined;
  }
  const isArgument = (name: string): boolean =>
    !COMMANDS.includes(module) || IN_COMMANDS.includes(name);
  const { values, rest } = readKeyValues(value, isArgument);
  if (rest === "") return { module, args: { ...extra, ...values }, at };
  if (freeForm !== undefined)
    return { module, args: { ...extra, ...values, [freeForm]: rest }, at };
  const hint = "write `name: value` lines below the module";
  parsing.report(at.fault("AS1408", { given: value, allowed: "a mapping of arguments", hint }));
  return undefined;
}

function freeFormOf(parsing: Parsing, module: string): string | undefined {
  if (module === "meta") return "action";
  if (["include_tasks", "import_tasks", "include_vars"].includes(module)) return "file";
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
