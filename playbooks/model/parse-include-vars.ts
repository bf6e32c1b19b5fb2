/** Reads `include_vars`: variables of travelling files, chosen when the task runs. */
import { posix } from "node:path";
import { isMapping } from "../../core/mapping";
import type { Cursor } from "./cursor";
import { readDirectives, readText } from "./directives";
import type { ModuleCall } from "./module-call";
import { readLoop } from "./parse-loop";
import type { FolderOfVariables, IncludeVars, Variables } from "./play";
import type { TaskScope } from "./task-scope";
import { isTemplate } from "./template/tokens";
import { filesMeant, type Naming } from "./names-meant";
import { filesBelow, filesLike, findFile, findFolder, type FileQuery } from "./travelling";
import { readVariablesFile } from "./variables-file";

const ARGUMENTS = [
  "file",
  "dir",
  "name",
  "depth",
  "files_matching",
  "ignore_files",
  "extensions",
  "ignore_unknown_extensions",
  "hash_behaviour",
];
const EXTENSIONS = ["yaml", "yml", "json"];

/** @returns nothing when something is wrong; it is reported then */
export function parseIncludeVars(scope: TaskScope, at: Cursor, call: ModuleCall): IncludeVars[] {
  const { parsing, reach, inherited } = scope;
  const { args } = call;
  for (const key of Object.keys(args).filter((it) => !ARGUMENTS.includes(it))) {
    parsing.report(call.at.keyFault("AS1407", key, { given: key, allowed: ARGUMENTS }));
  }
  if (args.hash_behaviour !== undefined && args.hash_behaviour !== "replace") {
    const hint = "use the filter combine";
    parsing.report(call.at.fault("AS1404", { given: "hash_behaviour", hint }));
  }
  const file = typeof args.file === "string" ? args.file : undefined;
  const dir = typeof args.dir === "string" ? args.dir : undefined;
  if ((file === undefined) === (dir === undefined)) {
    const problem = "one of the arguments file and dir is needed";
    parsing.report(call.at.fault("AS1408", { problem, given: args }));
    return [];
  }
  const written = file ?? dir ?? "";
  const query: FileQuery = { from: at.document.file, purpose: "vars", path: written };
  const folder = dir === undefined ? undefined : folderOf(dir, args);
  const loop = readLoop(parsing, at);
  const paths = pathsOf(scope, query, folder, { at, loop });
  if (paths.length === 0) parsing.reportMissing(call.at, written);
  if (isTemplate(written)) reach.anyFile = true;
  const documents = paths.flatMap((path): [string, Variables][] => {
    const variables = readVariablesFile(parsing, path, reach);
    return variables ? [[path, variables]] : [];
  });
  const name = at.at("name").value;
  const register = readText(at, "register");
  return [
    {
      kind: "include_vars",
      name: typeof name === "string" ? name : "include_vars",
      at: at.position,
      directives: readDirectives(at, inherited),
      documents: new Map(documents),
      ...(file === undefined ? {} : { file }),
      ...(folder === undefined ? {} : { dir: folder }),
      ...(typeof args.name === "string" ? { into: args.name } : {}),
      ...(register === undefined ? {} : { register }),
      ...(loop ? { loop } : {}),
    },
  ];
}

function folderOf(path: string, args: ModuleCall["args"]): FolderOfVariables {
  const texts = (value: unknown): string[] | undefined =>
    Array.isArray(value) ? value.map(String) : undefined;
  const { files_matching: matching, depth } = args;
  return {
    path,
    depth: typeof depth === "number" ? depth : 0,
    ignored: texts(args.ignore_files) ?? [],
    extensions: texts(args.extensions) ?? EXTENSIONS,
    ignoresOthers: args.ignore_unknown_extensions === true,
    ...(typeof matching === "string" ? { matching } : {}),
  };
}

function pathsOf(
  { parsing }: TaskScope,
  query: FileQuery,
  folder: FolderOfVariables | undefined,
  naming: Naming,
): string[] {
  const { files } = parsing;
  const isMeant = (path: string): boolean =>
    folder === undefined || folder.extensions.includes(posix.extname(path).slice(1));
  if (isTemplate(query.path)) {
    const like = folder
      ? filesLike(files, { ...query, path: `${query.path}/{{ any }}` })
      : filesMeant(files, query, naming);
    return like.filter((it) => isMeant(it) && isMapping(parsing.document(it).data));
  }
  if (!folder) return [findFile(files, query)].filter((it) => it !== undefined);
  const found = findFolder(files, query) ?? "";
  return filesBelow(files, found)
    .map((it) => posix.join(found, it))
    .filter(isMeant);
}
