/** Reads `vars_files` of a play: names of files, and lists of names of which the first that is there is read. */
import { isMapping } from "../../core/mapping";
import { checkTemplates } from "./check-templates";
import type { Cursor } from "./cursor";
import type { Parsing, ReachBuilder } from "./parsing";
import { isTemplate } from "./template/tokens";
import { filesLike, findFile } from "./travelling";
import { readVariablesFile } from "./variables-file";

/** An entry whose file is chosen by a template, on every host anew. */
export interface ChosenVariables {
  /** The names, of which the first that is there is read. */
  readonly choices: readonly string[];
  /** The playbook that names them. */
  readonly from: string;
  /** How many of the play's variables stand below it. */
  readonly above: number;
  /** Every file that may be meant, by its path. */
  readonly documents: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** Variables of files, lowest first, and the entries that are chosen later. */
export interface VarsFiles {
  readonly vars: readonly Readonly<Record<string, unknown>>[];
  readonly chosen: readonly ChosenVariables[];
}

/**
 * @param above - how many variables of the play stand below all of them
 * @returns what is missing is reported
 */
export function readVarsFiles(
  parsing: Parsing,
  reach: ReachBuilder,
  at: Cursor,
  above: number,
): VarsFiles {
  const vars: Readonly<Record<string, unknown>>[] = [];
  const chosen: ChosenVariables[] = [];
  for (const name of typeof at.value === "string" ? [at] : at.items) {
    const choices = (Array.isArray(name.value) ? name.items : [name]).filter(
      (it) => typeof it.value === "string",
    );
    const texts = choices.map((it) => String(it.value));
    const from = at.document.file;
    const paths = choices.flatMap((it) => pathsOf(parsing, it, from));
    const [first] = paths;
    if (first === undefined) {
      if (choices[0]) parsing.reportMissing(choices[0], texts[0] ?? "");
    } else if (texts.some(isTemplate)) {
      const documents = [...new Set(paths)].flatMap((path) => {
        const read = readVariablesFile(parsing, path, reach);
        return read ? [[path, read] as const] : [];
      });
      chosen.push({
        choices: texts,
        from,
        above: above + vars.length,
        documents: new Map(documents),
      });
    } else {
      vars.push(readVariablesFile(parsing, first, reach) ?? {});
    }
  }
  return { vars, chosen };
}

/** Paths that one name can mean. */
function pathsOf(parsing: Parsing, at: Cursor, from: string): string[] {
  const query = { from, purpose: "vars", path: String(at.value) } as const;
  if (!isTemplate(query.path))
    return [findFile(parsing.files, query)].filter((it) => it !== undefined);
  checkTemplates(parsing, at);
  return filesLike(parsing.files, query).filter((it) => isMapping(parsing.document(it).data));
}
