/** Reads what a role's `meta/main.yml` says. */
import { isMapping } from "../../../core/mapping";
import { Cursor } from "../cursor";
import type { TaskScope } from "../task-scope";
import { filesOfPart } from "./find-role";

/** What matters of it here. */
export interface RoleMeta {
  /** Roles that run before it. */
  readonly dependencies: readonly Cursor[];
  /** It runs as often as it is named with the same parameters. @default false */
  readonly allowDuplicates: boolean;
}

const KNOWN = [
  "allow_duplicates",
  "argument_specs",
  "collections",
  "dependencies",
  "galaxy_info",
  "standalone",
];

/** @returns what holds where nothing is said, when there is no such file */
export function readMeta({ parsing, reach }: TaskScope, path: string): RoleMeta {
  const [file] = filesOfPart(parsing.files, path, { part: "meta" });
  if (file === undefined) return { dependencies: [], allowDuplicates: false };
  const document = parsing.document(file);
  reach.documents.set(file, document.data);
  const at = Cursor.root(document);
  if (document.data !== null && !isMapping(document.data)) {
    parsing.report(at.fault("AS1405", { given: document.data, allowed: "a mapping" }));
  }
  for (const key of at.keys.filter((it) => !KNOWN.includes(it))) {
    parsing.report(at.keyFault("AS1403", key, { given: key, allowed: KNOWN }));
  }
  return {
    dependencies: at.at("dependencies").items,
    allowDuplicates: at.at("allow_duplicates").value === true,
  };
}
