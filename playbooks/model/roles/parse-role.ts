/** Reads a role at one place of use: the roles that it needs, its variables, handlers and tasks. */
import { isMapping } from "../../../core/mapping";
import { nearest } from "../../../core/nearest";
import { canonical } from "../canonical";
import { checkTemplates } from "../check-templates";
import { Cursor } from "../cursor";
import { NO_DIRECTIVES, readDirectives } from "../directives";
import { ROLE_KEYWORDS } from "../keywords";
import type { Directives, RoleUse, Step, Task, Variables } from "../play";
import type { TaskScope } from "../task-scope";
import { isTemplate } from "../template/tokens";
import { checkConnection } from "../play-connection";
import { readVariablesFile } from "../variables-file";
import { specTask } from "./argument-specs";
import { filesOfPart, findRole, roleNames } from "./find-role";
import { readMeta } from "./role-meta";

const MAX_DEPTH = 20;

/** Which files of a role are meant, without their folders. @default main */
export interface RoleParts {
  readonly tasks?: string | undefined;
  readonly vars?: string | undefined;
  readonly defaults?: string | undefined;
  readonly handlers?: string | undefined;
}

/** A role as somebody asks for it. */
export interface RoleCall {
  readonly name: string;
  /** Where it is named. */
  readonly at: Cursor;
  /** What its tasks inherit. */
  readonly directives: Directives;
  readonly vars?: Variables;
  readonly params?: Variables;
  readonly parts?: RoleParts;
  /** See {@link RoleUse.once}. */
  readonly once?: string;
  /** By include_role or import_role. @default false */
  readonly included?: boolean;
}

/** A role that was read. */
export interface ReadRole {
  readonly use: RoleUse;
  /** Tasks of the roles that it needs, then its own. */
  readonly steps: readonly Step[];
  readonly handlers: readonly Task[];
  /** The roles that it needs, each before the role that needs it, then itself. */
  readonly uses: readonly RoleUse[];
}

/** @returns undefined when there is no such role; every fault is reported */
export function parseRole(scope: TaskScope, call: RoleCall): ReadRole | undefined {
  const path = locate(scope, call);
  return path === undefined ? undefined : readRole(scope, call, path);
}

/** One entry of `roles` or of a role's `dependencies`. */
export function parseRoleEntry(
  scope: TaskScope,
  at: Cursor,
  { again = false }: { readonly again?: boolean } = {},
): ReadRole | undefined {
  const { parsing, inherited } = scope;
  const name = isMapping(at.value) ? (at.at("role").value ?? at.at("name").value) : at.value;
  if (typeof name !== "string" || name === "") {
    parsing.report(
      at.fault("AS1405", { given: at.value, allowed: "a role's name, or role: name" }),
    );
    return undefined;
  }
  const params = Object.entries(at.mapping ?? {}).filter(
    ([key]) => !Object.hasOwn(ROLE_KEYWORDS, key),
  );
  checkConnection(parsing, at);
  checkConnection(parsing, at.at("vars"));
  for (const key of at.keys)
    checkTemplates(parsing, at.at(key), key === "when" ? "expression" : "template");
  const vars = at.at("vars").value;
  const call: RoleCall = {
    name,
    at,
    directives: { ...readDirectives(at, inherited), vars: inherited.vars },
    vars: isMapping(vars) ? vars : {},
    params: Object.fromEntries(params),
  };
  const path = locate(scope, call);
  if (path === undefined) return undefined;
  const twice = again || readMeta(scope, path).allowDuplicates;
  if (twice) return readRole(scope, call, path);
  const once = canonical({ path, entry: at.mapping ?? {} });
  return readRole(scope, { ...call, once }, path);
}

function locate(
  { parsing, inherited, play }: TaskScope,
  { name, at }: RoleCall,
): string | undefined {
  const place = { files: parsing.files, folder: play.folder, role: inherited.role?.path };
  if (isTemplate(name)) {
    parsing.report(
      at.fault("AS1404", { given: name, hint: "use include_role for a computed name" }),
    );
    return undefined;
  }
  const path = findRole(place, name);
  if (path !== undefined) return path;
  const suggestion = nearest(name, roleNames(place));
  const hint = /^\w+\.\w+\.\w+$/.test(name)
    ? "put the collection's role below roles/"
    : "roles stand below roles/ beside the playbook";
  parsing.report(
    at.fault("AS1409", { given: name, hint, ...(suggestion === undefined ? {} : { suggestion }) }),
  );
  return undefined;
}

function readRole(scope: TaskScope, call: RoleCall, path: string): ReadRole | undefined {
  const { parsing, inherited } = scope;
  const { parts = {}, at } = call;
  const parent = inherited.role;
  const names = [call.name, ...(parent ? [parent.name, ...parent.parents] : [])];
  if (names.indexOf(call.name, 1) > 0 || names.length > MAX_DEPTH) {
    parsing.report(at.fault("AS1413", { given: [...names].reverse() }));
    return undefined;
  }
  const ownDefaults = readVariables(scope, call, { path, part: "defaults", name: parts.defaults });
  const ownVars = readVariables(scope, call, { path, part: "vars", name: parts.vars });
  const skeleton: RoleUse = {
    name: call.name,
    path,
    defaults: [...(parent?.defaults ?? []), ...ownDefaults],
    vars: [...(parent?.vars ?? []), call.vars ?? {}, ...ownVars],
    params: [...(parent?.params ?? []), call.params ?? {}],
    parents: names.slice(1),
    parentPaths: parent ? [parent.path, ...parent.parentPaths] : [],
    included: call.included ?? false,
    ...(call.once === undefined ? {} : { once: call.once }),
    needs: [],
  };
  const meta = readMeta(scope, path);
  const inner = { ...scope, inherited: { ...call.directives, role: skeleton } };
  const needed = meta.dependencies.flatMap((it) => {
    const found = parseRoleEntry(inner, it, { again: meta.allowDuplicates });
    return found ? [found] : [];
  });
  const use: RoleUse = {
    ...skeleton,
    defaults: [...needed.flatMap((it) => it.use.defaults), ...skeleton.defaults],
    vars: [
      ...(parent?.vars ?? []),
      ...needed.flatMap((it) => it.use.vars),
      call.vars ?? {},
      ...ownVars,
    ],
    needs: needed.map((it) => it.use.name),
  };
  const own = { ...scope, inherited: { ...call.directives, role: use } };
  const steps = readOwnTasks(own, call, path);
  const handlers = readTasks(own, call, { path, part: "handlers", name: parts.handlers });
  return {
    use,
    uses: [...needed.flatMap((it) => it.uses), use],
    steps: [...needed.flatMap((it) => it.steps), ...steps, ...completion(use, at)],
    handlers: [...needed.flatMap((it) => it.handlers), ...handlersOf(own, call, handlers)],
  };
}

function completion(role: RoleUse, { position }: Cursor): Step[] {
  if (role.once === undefined) return [];
  const directives = { ...NO_DIRECTIVES, role };
  return [{ kind: "meta", name: "meta", at: position, directives, action: "role_complete" }];
}

interface Part {
  readonly path: string;
  readonly part: string;
  readonly name: string | undefined;
}

function readVariables(
  { parsing, reach }: TaskScope,
  { at }: RoleCall,
  { path, part, name }: Part,
): Variables[] {
  const files = filesOfPart(parsing.files, path, { part, name });
  if (files.length === 0 && name !== undefined)
    parsing.reportMissing(at, `${path}/${part}/${name}`);
  return files.map((file) => readVariablesFile(parsing, file, reach) ?? {});
}

/** The role's tasks, and in front of them the one that checks its arguments. */
function readOwnTasks(scope: TaskScope, call: RoleCall, path: string): Step[] {
  const { parts = {}, params = {}, name } = call;
  const spec = specTask(scope, { path, name, entry: parts.tasks ?? "main", params });
  return [
    ...(spec ? scope.read(scope, spec) : []),
    ...readTasks(scope, call, { path, part: "tasks", name: parts.tasks }),
  ];
}

function readTasks(scope: TaskScope, { at }: RoleCall, { path, part, name }: Part): Step[] {
  const { parsing, reach, files, read } = scope;
  const [file] = filesOfPart(parsing.files, path, { part, name });
  if (file === undefined) {
    if (name !== undefined) parsing.reportMissing(at, `${path}/${part}/${name}`);
    return [];
  }
  const document = parsing.document(file);
  reach.documents.set(file, document.data);
  const root = Cursor.root(document);
  if (files.includes(file)) {
    parsing.report(root.fault("AS1413", { given: [...files, file] }));
    return [];
  }
  return read({ ...scope, files: [...files, file] }, root);
}

function handlersOf({ parsing }: TaskScope, { at }: RoleCall, steps: readonly Step[]): Task[] {
  return steps.flatMap((it) => {
    if (it.kind === "task") return [it];
    const hint = "write handlers as plain tasks";
    parsing.report(
      at.fault("AS1404", { given: `${it.kind} among handlers`, hint, position: it.at }),
    );
    return [];
  });
}
