/** Reads `import_tasks` (put in place while reading) and `include_tasks` (chosen when it runs). */
import { isMapping } from "../../core/mapping";
import { Cursor } from "./cursor";
import { readDirectives } from "./directives";
import type { ModuleCall } from "./module-call";
import { readLoop } from "./parse-loop";
import type { Directives, Include, Step, Variables } from "./play";
import type { TaskScope } from "./task-scope";
import { isTemplate } from "./template/tokens";
import { filesLike, findFile } from "./travelling";

const MAX_DEPTH = 20;

/** Tasks of another file, as if they stood here. */
export function parseImport(scope: TaskScope, at: Cursor, call: ModuleCall): Step[] {
  const { parsing } = scope;
  const file = fileOf(scope, call);
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

/** An include with the tasks of every file that its name can mean. */
export function parseInclude(scope: TaskScope, at: Cursor, call: ModuleCall): Include[] {
  const { parsing, reach, inherited } = scope;
  const file = fileOf(scope, call);
  if (file === undefined) return [];
  const query = { from: at.document.file, purpose: "tasks", path: file } as const;
  const only = findFile(parsing.files, query);
  const paths = isTemplate(file)
    ? filesLike(parsing.files, query).filter((it) => Array.isArray(parsing.document(it).data))
    : [only].filter((it) => it !== undefined);
  if (paths.length === 0) parsing.reportMissing(call.at, file);
  if (isTemplate(file)) reach.anyFile = true;
  const { value } = at.at("vars");
  const vars: Variables = isMapping(value) ? value : {};
  const loop = readLoop(parsing, at);
  const name = at.at("name").value;
  return [
    {
      kind: "include",
      name: typeof name === "string" ? name : `include_tasks ${file}`,
      at: at.position,
      directives: readDirectives(at, inherited),
      file,
      vars,
      branches: new Map(paths.map((path) => [path, readFile(scope, path, inherited)])),
      ...(loop ? { loop } : {}),
    },
  ];
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

function fileOf({ parsing }: TaskScope, { args, at }: ModuleCall): string | undefined {
  const { file } = args;
  const others = Object.keys(args).filter((it) => it !== "file");
  for (const key of others)
    parsing.report(at.keyFault("AS1407", key, { given: key, allowed: ["file"] }));
  if (typeof file === "string" && file !== "") return file;
  parsing.report(at.fault("AS1408", { problem: "argument file is needed", given: file }));
  return undefined;
}
