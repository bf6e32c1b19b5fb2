/** Reads lists of tasks: tasks, blocks, includes and meta, with what they inherit. */
import { nearest } from "../../core/nearest";
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import { checkKeywords, checkUnknown } from "./check-shape";
import { checkTemplates } from "./check-templates";
import { readConditions, readCount, readDirectives, readTexts } from "./directives";
import { BLOCK_KEYWORDS, ENGINE_KEYWORDS, REFUSED_KEYWORDS, TASK_KEYWORDS } from "./keywords";
import {
  checkArguments,
  ENGINE_MODULES,
  isModule,
  readModuleCall,
  refusedModule,
  shortName,
  type ModuleCall,
} from "./module-call";
import { checkConnection } from "./play-connection";
import type { Parsing } from "./parsing";
import { readModuleDefaults } from "./module-defaults";
import { parseImport, parseImportRole, parseInclude, parseIncludeRole } from "./parse-include";
import { asksForSystem, callOfOtherSystem } from "./other-systems";
import { parseIncludeVars } from "./parse-include-vars";
import { readLoop } from "./parse-loop";
import { META_ACTIONS, type Directives, type Meta, type Step, type Task } from "./play";
import { noteFiles } from "./reach";
import type { TaskScope } from "./task-scope";

const EXPRESSIONS = ["when", "until", "changed_when", "failed_when"];
const BLOCK_PARTS = ["block", "rescue", "always"] as const;

/** Reads a list of tasks; nothing for an empty one. */
export function parseSteps(scope: TaskScope, at: Cursor): Step[] {
  if (at.value === null || at.value === undefined) return [];
  if (!Array.isArray(at.value)) {
    scope.parsing.report(at.fault("AS1405", { given: at.value, allowed: "a list of tasks" }));
  }
  return at.items.flatMap((it) => parseStep(scope, it));
}

function parseStep(scope: TaskScope, at: Cursor): Step[] {
  if (!isMapping(at.value)) {
    scope.parsing.report(
      at.fault("AS1405", { given: at.value, allowed: "a task, which is a mapping" }),
    );
    return [];
  }
  return BLOCK_PARTS.some((it) => at.has(it)) ? [parseBlock(scope, at)] : parseTaskStep(scope, at);
}

function parseBlock(scope: TaskScope, at: Cursor): Step {
  const { parsing } = scope;
  parsing.report(...checkKeywords(at, BLOCK_KEYWORDS));
  const allowed = Object.keys(BLOCK_KEYWORDS);
  parsing.report(
    ...checkUnknown(
      at,
      at.keys.filter((it) => !allowed.includes(it)),
      allowed,
    ),
  );
  if (!at.has("block")) {
    parsing.report(
      at.fault("AS1405", { problem: "rescue and always need a block", allowed: ["block"] }),
    );
  }
  checkTexts(parsing, at, BLOCK_PARTS);
  const directives = readDirectives(at, scope.inherited);
  const defaults = readModuleDefaults(parsing, at, scope.defaults);
  const notify = at.has("notify") ? readTexts(at, "notify") : scope.notify;
  const inner = { ...scope, inherited: directives, defaults, ...(notify ? { notify } : {}) };
  return {
    kind: "block",
    name: nameOf(at) ?? "block",
    at: at.position,
    directives,
    block: parseSteps(inner, at.at("block")),
    rescue: parseSteps(inner, at.at("rescue")),
    always: parseSteps(inner, at.at("always")),
  };
}

function parseTaskStep(scope: TaskScope, at: Cursor): Step[] {
  const { parsing } = scope;
  parsing.report(...checkKeywords(at, TASK_KEYWORDS));
  const keywords = Object.keys(TASK_KEYWORDS);
  const others = at.keys.filter((it) => !keywords.includes(it) && !isModule(parsing, it));
  const call = readModuleCall(parsing, at);
  checkTexts(parsing, at, call ? [call.at.path.at(-1)] : others);
  const other = call ? undefined : callOfOtherSystem(at, others);
  if (other && isOfSystem(scope, at)) {
    const directives = readDirectives(at, scope.inherited);
    return [{ ...readTask(scope, at, other), directives }];
  }
  for (const key of others) reportOther(parsing, at, { key, lacksModule: call === undefined });
  if (!call) return [];
  reportUseless(parsing, at, call.module);
  const read = ENGINE[call.module] ?? parseModuleTask;
  return read(scope, at, call);
}

type ReadCall = (scope: TaskScope, at: Cursor, call: ModuleCall) => Step[];
const ENGINE: Readonly<Record<string, ReadCall>> = {
  import_tasks: parseImport,
  include_tasks: parseInclude,
  import_role: parseImportRole,
  include_role: parseIncludeRole,
  include_vars: parseIncludeVars,
  meta: parseMeta,
};

/** Reports keywords that have no meaning with a module of the engine, instead of ignoring them. */
function reportUseless(parsing: Parsing, at: Cursor, module: string): void {
  const allowed = ENGINE_KEYWORDS[module];
  if (!allowed) return;
  for (const key of at.keys.filter(
    (it) => Object.hasOwn(TASK_KEYWORDS, it) && !allowed.includes(it),
  )) {
    const hint = module.startsWith("import_")
      ? `use ${module.replace("import", "include")}, or a block`
      : "use a block around it";
    parsing.report(
      at.keyFault("AS1404", key, { problem: `${module} does not take`, given: key, hint }),
    );
  }
}

interface OtherKey {
  readonly key: string;
  /** The task names no module, so that this may be a misspelt one. */
  readonly lacksModule: boolean;
}

/** Reports a key that is neither a keyword nor a module that is there. */
function reportOther(parsing: Parsing, at: Cursor, { key, lacksModule }: OtherKey): void {
  const keywords = Object.keys(TASK_KEYWORDS);
  const modules = [...parsing.rules.modules.keys(), ...ENGINE_MODULES].sort();
  const hint = refusedModule(key);
  const given = shortName(key);
  if (hint !== undefined) {
    parsing.report(
      at.keyFault("AS1404", key, { problem: "module not supported", given: key, hint }),
    );
  } else if (given !== key) {
    const parts = { problem: "unknown module", given, allowed: modules };
    parsing.report(at.keyFault("AS1403", key, parts));
  } else if (!lacksModule || REFUSED_KEYWORDS.has(key)) {
    parsing.report(...checkUnknown(at, [key], keywords));
  } else {
    const suggestion = nearest(key, [...modules, ...keywords]);
    const problem = "neither a module nor a keyword of tasks:";
    const parts = { problem, given: key, allowed: modules, ...(suggestion ? { suggestion } : {}) };
    parsing.report(at.keyFault("AS1403", key, parts));
  }
}

function parseMeta({ parsing, inherited }: TaskScope, at: Cursor, call: ModuleCall): Meta[] {
  const { action } = call.args;
  const known = META_ACTIONS.find((it) => it === action);
  if (known === undefined) {
    parsing.report(call.at.fault("AS1404", { given: action, allowed: META_ACTIONS }));
    return [];
  }
  const directives = readDirectives(at, inherited);
  return [{ kind: "meta", name: nameOf(at) ?? "meta", at: at.position, directives, action: known }];
}

function parseModuleTask(scope: TaskScope, at: Cursor, written: ModuleCall): Task[] {
  const { parsing, reach, inherited } = scope;
  const spec = parsing.rules.modules.get(written.module);
  if (!spec) return [];
  const known = readModuleDefaults(parsing, at, scope.defaults).get(written.module) ?? {};
  // As in Ansible, which does not look up what `action` names.
  const defaults = at.has("action") || at.has("local_action") ? {} : known;
  const call = { ...written, args: { ...defaults, ...written.args } };
  checkArguments(parsing, call, spec);
  if (call.module === "set_fact") checkConnection(parsing, call.at);
  for (const key of call.at.keys) {
    checkTemplates(
      parsing,
      call.at.at(key),
      spec.expressions?.includes(key) ? "expression" : "template",
    );
  }
  if (typeof call.at.value === "string") checkTemplates(parsing, call.at);
  noteFiles({ parsing, reach, call, from: at.document.file });
  const directives = readDirectives(at, inherited);
  return [{ ...readTask(scope, at, call), directives: delegatedBy(at, directives) }];
}

/** `local_action` is delegated to the machine that runs the play. */
function delegatedBy(at: Cursor, directives: Directives): Directives {
  return at.has("local_action") ? { ...directives, delegateTo: "localhost" } : directives;
}

/** Whether a condition around a task asks which system a host has. */
function isOfSystem({ isOfSystem: isIncluded, inherited }: TaskScope, at: Cursor): boolean {
  return isIncluded === true || asksForSystem(readDirectives(at, inherited).when);
}

function readTask(
  { parsing, notify = [] }: TaskScope,
  at: Cursor,
  call: ModuleCall,
): Omit<Task, "directives"> {
  const loop = readLoop(parsing, at);
  const optional = {
    loop,
    register:
      typeof at.at("register").value === "string" ? String(at.at("register").value) : undefined,
    retries: readCount(at, "retries"),
    delay: readCount(at, "delay"),
    changedWhen: at.has("changed_when") ? readConditions(at, "changed_when") : undefined,
    failedWhen: at.has("failed_when") ? readConditions(at, "failed_when") : undefined,
    async: readCount(at, "async"),
    poll: readCount(at, "poll"),
  };
  return {
    kind: "task",
    name: nameOf(at) ?? call.module,
    at: at.position,
    module: call.module,
    args: call.args,
    notify: at.has("notify") ? readTexts(at, "notify") : notify,
    listen: readTexts(at, "listen"),
    until: readConditions(at, "until"),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** Templates in keywords; the module's own arguments and the parts of a block are checked elsewhere. */
function checkTexts(parsing: Parsing, at: Cursor, except: readonly unknown[]): void {
  checkConnection(parsing, at.at("vars"));
  for (const key of at.keys.filter((it) => !except.includes(it))) {
    checkTemplates(parsing, at.at(key), EXPRESSIONS.includes(key) ? "expression" : "template");
  }
}

function nameOf(at: Cursor): string | undefined {
  const { value } = at.at("name");
  return typeof value === "string" && value !== "" ? value : undefined;
}
