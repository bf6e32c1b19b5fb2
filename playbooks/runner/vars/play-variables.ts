/** The variables of a play on one host: `vars`, and `vars_files`, whose names may be made of facts. */
import type { Play, Variables } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import { isTemplate } from "../../model/template/tokens";
import { findFile } from "../../model/travelling";
import type { ChosenVariables } from "../../model/vars-files";
import { TemplateFailure } from "../template/failure";
import type { Templar } from "../template/templar";
import type { Scope } from "./scope";

/** What the names of files are made of. */
export interface Choosing {
  readonly templar: Templar;
  readonly files: TravellingFiles;
  /** Without facts a name that needs one is passed over, as it may be known later. */
  readonly hasFacts: boolean;
  /** What is seen with these variables of the play, the lowest first. */
  readonly scopeWith: (vars: readonly Variables[]) => Scope;
}

/** What a play's variables are on one host. */
export interface PlayVariables {
  /** Lowest first. */
  readonly vars: readonly Variables[];
  /** Why an entry of `vars_files` has no file here. */
  readonly problem?: string;
}

/** Chooses the files. */
export function playVariables(
  { vars, chosen }: Pick<Play, "vars" | "chosen">,
  choosing: Choosing,
): PlayVariables {
  if (chosen.length === 0) return { vars };
  let known: readonly Variables[] = vars.slice(0, chosen[0]?.above);
  let problem: string | undefined;
  for (const [index, it] of chosen.entries()) {
    try {
      const own = choose(it, choosing, known);
      known = [...known, ...(own ? [own] : [])];
    } catch (error) {
      if (!(error instanceof TemplateFailure)) throw error;
      problem ??= error.message;
    }
    known = [...known, ...vars.slice(it.above, chosen[index + 1]?.above)];
  }
  return { vars: known, ...(problem === undefined ? {} : { problem }) };
}

function choose(
  { choices, from, documents }: ChosenVariables,
  { templar, files, hasFacts, scopeWith }: Choosing,
  known: readonly Variables[],
): Variables | undefined {
  const scope = scopeWith(known);
  try {
    for (const choice of choices) {
      const path = isTemplate(choice) ? templar.render(choice, scope) : choice;
      const found = findFile(files, { from, purpose: "vars", path });
      const document = found === undefined ? undefined : documents.get(found);
      if (document) return document;
    }
  } catch (error) {
    if (!(error instanceof TemplateFailure) || error.kind !== "undefined") throw error;
    if (!hasFacts) return undefined;
    throw new TemplateFailure("other", `vars_files: ${choices.join(", ")}: ${error.message}`);
  }
  throw new TemplateFailure("other", `vars_files: none of ${choices.join(", ")} was found`);
}
