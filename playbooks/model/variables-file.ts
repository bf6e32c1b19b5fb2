/** Reads files of variables among the travelling files, wherever a play takes them from. */
import { isMapping } from "../../core/mapping";
import { checkTemplates } from "./check-templates";
import { Cursor } from "./cursor";
import { checkConnection } from "./play-connection";
import type { Parsing, ReachBuilder } from "./parsing";
import type { Variables } from "./play";

/**
 * @param reach - of the play that reads it; undefined when the digest has its variables from elsewhere
 * @returns nothing in it is no variables; undefined for what is no mapping, which is reported
 */
export function readVariablesFile(
  parsing: Parsing,
  path: string,
  reach?: ReachBuilder,
): Variables | undefined {
  const document = parsing.document(path);
  reach?.documents.set(path, document.data);
  const root = Cursor.root(document);
  checkTemplates(parsing, root);
  checkConnection(parsing, root, reach === undefined);
  if (isMapping(document.data)) return document.data;
  if (document.data === null) return {};
  parsing.report(root.fault("AS1405", { given: document.data, allowed: "a mapping of variables" }));
  return undefined;
}
