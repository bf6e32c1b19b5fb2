/** Finds roles among the travelling files: beside the playbook and beside the role that names them. Pure. */
import { posix } from "node:path";
import { filesBelow, isDataFile, withoutDataEnding } from "../travelling";
import type { TravellingFiles } from "../source";

/** Where a role is looked for. */
export interface RolePlace {
  readonly files: TravellingFiles;
  /** Folder of the playbook. */
  readonly folder: string;
  /** Folder of the role that names it; undefined outside roles. */
  readonly role?: string | undefined;
}

const EXTENSIONS = [".yml", ".yaml", ".json", ""] as const;

/** @returns the role's folder; undefined when there is none */
export function findRole(place: RolePlace, name: string): string | undefined {
  const clean = posix.normalize(name).replace(/\/$/, "");
  if (clean.startsWith("/")) return undefined;
  return foldersOf(place)
    .map((it) => posix.join(it, clean))
    .find((it) => !it.startsWith("..") && filesBelow(place.files, it).length > 0);
}

/** Names of all roles that can be named without a path. */
export function roleNames(place: RolePlace): string[] {
  const names = foldersOf(place)
    .filter((it) => posix.basename(it) === "roles")
    .flatMap((it) => filesBelow(place.files, it))
    .filter((it) => it.includes("/"))
    .map((it) => it.slice(0, it.indexOf("/")));
  return [...new Set(names)].sort();
}

function foldersOf({ folder, role }: RolePlace): string[] {
  const own = role === undefined ? [] : [posix.dirname(role)];
  return [...new Set([...own, posix.join(folder, "roles"), "roles", folder])];
}

/** The files of one part of a role: `vars/main.yml`, or all below `vars/main/`. */
export function filesOfPart(
  files: TravellingFiles,
  folder: string,
  { part, name = "main" }: { readonly part: string; readonly name?: string | undefined },
): string[] {
  const base = posix.join(folder, part, name);
  const file = EXTENSIONS.map((it) => base + it).find((it) => files.has(it));
  if (file !== undefined) return [file];
  if (part === "tasks" || part === "handlers" || part === "meta") return [];
  return filesBelow(files, base)
    .filter((it) => isDataFile(it))
    .map((it) => posix.join(base, it));
}

/** Names under which a part of a role can be asked for, without their endings. */
export function namesOfPart(files: TravellingFiles, folder: string, part: string): string[] {
  return filesBelow(files, posix.join(folder, part)).map((it) => withoutDataEnding(it));
}
