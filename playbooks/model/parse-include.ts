/** Reads `import_tasks` and `import_role` (put in place while reading), `include_tasks` and `include_role` (chosen when they run). */
import { isMapping } from "../../core/mapping";
import { Cursor } from "./cursor";
import { readDirectives } from "./directives";
import type { ModuleCall } from "./module-call";
import { asksForSystem } from "./other-systems";
import { readLoop } from "./parse-loop";
import type { Branch, Directives, Include, Step } from "./play";
import { findRole, namesOfPart, roleNames, type RolePlace } from "./roles/find-role";
import { parseRole, type ReadRole, type RoleParts } from "./roles/parse-role";
import type { TaskScope } from "./task-scope";
import { isTemplate } from "./template/tokens";
import { filesMeant } from "./names-meant";
import { findFile, globOf, withoutDataEnding } from "./travelling";

const MAX_DEPTH = 20;
const FILE_ARGUMENTS = ["file", "apply"];
const ROLE_ARGUMENTS = [
  "name",
  "role",
  "tasks_from",
  "vars_from",
  "defaults_from",
  "handlers_from",
  "allow_duplicates",
  "rolespec_validate",
  "public",
  "apply",
];

/** Tasks of another file, as if they stood here. */
export function parseImport(scope: TaskScope, at: Cursor, call: ModuleCall): Step[] {
  const { parsing } = scope;
  const file = argumentOf(scope, call, { name: "file", allowed: ["file"] });
  if (file === undefined) return [];
  if (isTemplate(file)) {
    parsing.report(
      call.at.fault("AS1404", { given: file, hint: "use include_tasks for a computed name" }),
    );
    return [];
  }
  const path = findFile(parsing.files, { from: at.document.file, purpose: "tasks", path: file });
  if (path !== undefined) return readFile(scope, path, readDirectives(at, scope.inherited));
  parsing.reportMissing(call.at, file);
  return [];
}

/** Tasks of a role, as if they stood here. */
export function parseImportRole(scope: TaskScope, at: Cursor, call: ModuleCall): Step[] {
  const name = roleNameOf(scope, call);
  if (name === undefined) return [];
  const parts = partsOf(call);
  const { tasks, vars, defaults, handlers } = parts;
  const given = [tasks, vars, defaults, handlers].find((it) => it !== undefined && isTemplate(it));
  if (given !== undefined) {
    const hint = "use include_role for a computed name";
    scope.parsing.report(call.at.fault("AS1404", { given, hint }));
    return [];
  }
  const directives = readDirectives(at, scope.inherited);
  const read = parseRole(scope, { name, at: call.at, directives, parts, included: true });
  if (!read) return [];
  scope.play.roles.push(...read.uses);
  scope.play.handlers.push(...read.handlers);
  return [...read.steps];
}

/** An include with the tasks of every file that its name can mean. */
export function parseInclude(around: TaskScope, at: Cursor, call: ModuleCall): Include[] {
  const { parsing, reach } = around;
  const file = argumentOf(around, call, { name: "file", allowed: FILE_ARGUMENTS });
  if (file === undefined) return [];
  const scope = ofSystem(around, at, file);
  const query = { from: at.document.file, purpose: "tasks", path: file } as const;
  const only = findFile(parsing.files, query);
  const naming = { at, loop: readLoop(parsing, at) };
  const paths = isTemplate(file)
    ? filesMeant(parsing.files, query, naming).filter((it) => mayFollow(scope, it))
    : [only].filter((it) => it !== undefined);
  if (paths.length === 0) parsing.reportMissing(call.at, file);
  if (isTemplate(file)) reach.anyFile = true;
  const inherited = appliedTo(scope, call);
  const branches = paths.map((path): [string, Branch] => [
    path,
    { steps: readFile(scope, path, inherited) },
  ]);
  return [
    {
      ...includeOf(scope, at, { module: "include_tasks", file, label: "include_tasks" }),
      branches: new Map(branches),
    },
  ];
}

/** An include with the tasks of every role, and every file of them, that its names can mean. */
export function parseIncludeRole(around: TaskScope, at: Cursor, call: ModuleCall): Include[] {
  const { parsing, reach, play } = around;
  const name = roleNameOf(around, call);
  if (name === undefined) return [];
  const parts = partsOf(call);
  const scope = ofSystem(around, at, `${name} ${parts.tasks ?? ""}`);
  const place = { files: parsing.files, folder: play.folder, role: scope.inherited.role?.path };
  const names = isTemplate(name) ? roleNames(place).filter((it) => globOf(name).test(it)) : [name];
  if (names.length === 0) parsing.reportMissing(call.at, `roles/${name}`);
  const computed = [name, parts.tasks ?? ""].some(isTemplate);
  if (computed) reach.anyFile = true;
  const inherited = appliedTo(scope, call);
  const { tasks } = parts;
  const branches = names.flatMap((role) =>
    partsMeant(place, { role, tasks }).flatMap((file): [string, Branch][] => {
      const given = { ...parts, tasks: file };
      const asked = { name: role, at: call.at, directives: inherited, parts: given };
      const read = parseRole(scope, { ...asked, included: true });
      return read ? [[branchKey(role, file), branchOf(scope, read)]] : [];
    }),
  );
  return [
    {
      ...includeOf(scope, at, {
        module: "include_role",
        file: branchKey(name, tasks),
        label: `include_role : ${name}`,
      }),
      branches: new Map(branches),
      ...(call.args.public === true ? { public: true } : {}),
    },
  ];
}

/** The files of tasks of a role that a name can mean. */
function partsMeant(
  place: RolePlace,
  { role, tasks }: { readonly role: string; readonly tasks: string | undefined },
): (string | undefined)[] {
  if (tasks === undefined || !isTemplate(tasks)) return [tasks];
  const folder = findRole(place, role) ?? role;
  return namesOfPart(place.files, folder, "tasks").filter((it) => globOf(tasks).test(it));
}

/** The scope of included tasks: `when` of an include is no condition of theirs, but keeps hosts from them all the same. */
function ofSystem(scope: TaskScope, at: Cursor, name: string): TaskScope {
  const { when } = readDirectives(at, scope.inherited);
  const isAsked = asksForSystem([...when, ...(isTemplate(name) ? [JSON.stringify(at.value)] : [])]);
  return isAsked ? { ...scope, isOfSystem: true } : scope;
}

/** Of the files that a computed name can mean, those that are being read would bring themselves. */
function mayFollow({ files, parsing }: TaskScope, path: string): boolean {
  return !files.includes(path) && isTasks(parsing.document(path).data);
}

/** A list of plays is none, though its name may fit. */
function isTasks(data: unknown): boolean {
  const isPlay = (it: unknown): boolean =>
    isMapping(it) && Object.keys(it).some((key) => /^hosts$|(^|\.)import_playbook$/.test(key));
  return Array.isArray(data) && !data.some(isPlay);
}

/** By which a branch of `include_role` is found: the role's name, and which of its files of tasks. */
export function branchKey(name: string, tasks: string | undefined): string {
  return tasks === undefined || tasks === "main" ? name : `${name} ${withoutDataEnding(tasks)}`;
}

function branchOf({ play }: TaskScope, { use, steps, handlers }: ReadRole): Branch {
  play.handlers.push(...handlers.filter((it) => !play.handlers.some((own) => own.at === it.at)));
  return { steps, role: use };
}

function includeOf(
  { parsing, inherited }: TaskScope,
  at: Cursor,
  { module, file, label }: Pick<Include, "module" | "file"> & { readonly label: string },
): Omit<Include, "branches"> {
  const { value } = at.at("vars");
  const loop = readLoop(parsing, at);
  const name = at.at("name").value;
  return {
    kind: "include",
    module,
    name: typeof name === "string" ? name : label,
    at: at.position,
    directives: readDirectives(at, inherited),
    file,
    vars: isMapping(value) ? value : {},
    ...(loop ? { loop } : {}),
  };
}

/** What the included tasks inherit: what is around the include, and what `apply` says. */
function appliedTo({ inherited }: TaskScope, { args, at }: ModuleCall): Directives {
  return isMapping(args.apply) && at.has("apply")
    ? readDirectives(at.at("apply"), inherited)
    : inherited;
}

function readFile(scope: TaskScope, path: string, inherited: Directives): Step[] {
  const { parsing, reach, files, read } = scope;
  const document = parsing.document(path);
  const at = Cursor.root(document);
  if (files.includes(path) || files.length >= MAX_DEPTH) {
    parsing.report(at.fault("AS1413", { given: [...files, path] }));
    return [];
  }
  reach.documents.set(path, document.data);
  return read({ ...scope, inherited, files: [...files, path] }, at);
}

function partsOf({ args }: ModuleCall): RoleParts {
  const part = (key: string): string | undefined => {
    const value = args[`${key}_from`];
    return typeof value === "string" ? withoutDataEnding(value) : undefined;
  };
  return {
    tasks: part("tasks"),
    vars: part("vars"),
    defaults: part("defaults"),
    handlers: part("handlers"),
  };
}

function roleNameOf(scope: TaskScope, call: ModuleCall): string | undefined {
  const name = call.args.role === undefined ? "name" : "role";
  return argumentOf(scope, call, { name, allowed: ROLE_ARGUMENTS });
}

function argumentOf(
  { parsing }: TaskScope,
  { args, at }: ModuleCall,
  { name, allowed }: { readonly name: string; readonly allowed: readonly string[] },
): string | undefined {
  const value = args[name];
  for (const key of Object.keys(args).filter((it) => !allowed.includes(it) && it !== name))
    parsing.report(at.keyFault("AS1407", key, { given: key, allowed }));
  if (typeof value === "string" && value !== "") return value;
  parsing.report(at.fault("AS1408", { problem: `argument ${name} is needed`, given: value }));
  return undefined;
}
