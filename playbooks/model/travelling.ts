/** Finds travelling files as Ansible does: beside the playbook, and in `files/`, `templates/`, `tasks/`, `vars/` there or in the role. Pure. */
import { posix } from "node:path";
import type { TravellingFiles } from "./source";

const DATA_ENDING = /\.(ya?ml|json)$/;

/** What a file is wanted for. */
export type FilePurpose = "files" | "templates" | "tasks" | "vars";

/** Modules that read a file, or a folder of files, as it is. */
const FILE_READERS: readonly string[] = ["assemble", "copy", "script", "unarchive", "uri"];

/** What a module reads; undefined for modules that read no travelling file. */
export function purposeOf(module: string): FilePurpose | undefined {
  if (module === "template") return "templates";
  return FILE_READERS.includes(module) ? "files" : undefined;
}

/** The first word of a command's text, as a shell reads it, and what stands behind it. */
export function splitFirstWord(text: string): { readonly word: string; readonly rest: string } {
  const trimmed = text.trim();
  const [written = ""] =
    /^(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+/.exec(trimmed) ?? [];
  const word = written.replaceAll(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["\\])/g, "$1") ?? escaped ?? "",
  );
  return { word, rest: trimmed.slice(written.length) };
}

/** Where to look. */
export interface FileQuery {
  /** The playbook or file of tasks that names it. */
  readonly from: string;
  readonly purpose: FilePurpose;
  /** Path as written, with `/`. */
  readonly path: string;
}

/** Paths to try, in order. */
export function candidatesFor({ from, purpose, path }: FileQuery): string[] {
  const clean = posix.normalize(path).replace(/\/$/, "");
  if (clean.startsWith("/")) return [];
  const folder = posix.dirname(from);
  const parent = posix.basename(folder) === "tasks" ? posix.dirname(folder) : folder;
  const folders = [...new Set([parent, folder, besideRoles(folder), "."])];
  const paths = folders.flatMap((it) => [posix.join(it, purpose, clean), posix.join(it, clean)]);
  // What lies above the playbook does not travel.
  return [...new Set(paths)].filter((it) => !/^\.\.(?:\/|$)/.test(it));
}

/** The folder of the playbook, for a file of a role. */
function besideRoles(folder: string): string {
  const segments = `/${folder}/`;
  const at = segments.indexOf("/roles/");
  return at < 0 ? folder : posix.normalize(segments.slice(1, at) || ".");
}

/** @returns the path among the files; undefined when there is none */
export function findFile(files: TravellingFiles, query: FileQuery): string | undefined {
  return candidatesFor(query).find((it) => files.has(it));
}

/** @returns the folder's path when files are below it */
export function findFolder(files: TravellingFiles, query: FileQuery): string | undefined {
  return candidatesFor(query).find((it) => filesBelow(files, it).length > 0);
}

/** Whether a name is that of a file of YAML or JSON. */
export function isDataFile(name: string): boolean {
  return DATA_ENDING.test(name);
}

/** A name without the ending of YAML and JSON, which names of tasks and variables may leave out. */
export function withoutDataEnding(name: string): string {
  return name.replace(DATA_ENDING, "");
}

/** Paths of the files below a folder, relative to it, sorted. */
export function filesBelow(files: TravellingFiles, folder: string): string[] {
  const prefix = folder === "." ? "" : `${folder}/`;
  return [...files.keys()]
    .filter((it) => it.startsWith(prefix))
    .map((it) => it.slice(prefix.length))
    .sort();
}

/**
 * Paths of data that a name with templates in it can mean. Folders that hold other things are left out, unless the name says
 * them: a name that is nothing but a template would mean every file of a role.
 */
export function filesLike(files: TravellingFiles, query: FileQuery): string[] {
  const names = [...files.keys()].filter((it) => mayBeMeant(it, query));
  const pattern = query.path.replace(TEMPLATES, HOLE);
  const found = candidatesFor({ ...query, path: pattern }).flatMap((candidate) => {
    const glob = globOf(candidate);
    return names.filter((it) => glob.test(it));
  });
  return [...new Set(found)];
}

/** Folders of roles and beside playbooks that hold no variables, or no tasks. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  vars: ["tasks", "handlers"],
  tasks: ["vars", "defaults", "handlers", "group_vars", "host_vars"],
};
const NEITHER = ["files", "meta", "molecule", "templates", "tests"];

function mayBeMeant(name: string, { from, path, purpose }: FileQuery): boolean {
  const fixed = path.replace(TEMPLATES, HOLE);
  const ending = posix.extname(fixed);
  const hasEnding = ending !== "" && !ending.includes(HOLE) && name.endsWith(ending);
  if (!isDataFile(name) && !hasEnding) return false;
  const said = fixed.split("/");
  const own = roleOf(from);
  // Another role is another matter, unless the name goes there.
  const isOwn = own === undefined ? roleOf(name) === undefined : name.startsWith(`${own}/`);
  if (!isOwn && !said.includes("roles") && !said.includes("..")) return false;
  const others = [...NEITHER, ...(OTHERS[purpose] ?? [])];
  const isOther = (it: string): boolean => /^\.[^.]/.test(it) || others.includes(it);
  const inside = own === undefined ? name : posix.relative(own, name);
  return !posix
    .dirname(inside)
    .split("/")
    .some((it) => isOther(it) && !said.includes(it));
}

/** The folder of the role that a file belongs to; undefined for one beside a playbook. */
function roleOf(name: string): string | undefined {
  return /^(?:.*\/)?roles\/(?:[^/]+\/)*?[^/]+(?=\/(?:tasks|vars|defaults|handlers|meta|files|templates|tests|molecule)\/)/.exec(
    name,
  )?.[0];
}

const TEMPLATES = /\{\{[\s\S]*?\}\}/g;
const HOLE = "\u0000";

/** What a name with templates in it can mean. */
export function globOf(name: string): RegExp {
  return new RegExp(`^${name.replace(TEMPLATES, HOLE).split(HOLE).map(escape).join(".*")}$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
