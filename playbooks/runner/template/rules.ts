/** What the checks of the model may know of templates, so that they need not know the runner. */
import type { TemplateRules } from "../../model/parsing";
import { FILTER_NAMES } from "./filters/filters";
import { TEST_NAMES } from "./filters/tests";
import { GLOBAL_NAMES } from "./jinja/globals";
import { ENVIRONMENT_LOOKUP, LOOKUPS, REFUSED_LOOKUPS } from "./lookups/lookups";
import { REFUSED_CALLABLES } from "./refused";
import { Templar } from "./templar";

/** What a run may read beside its variables and files. */
export interface TemplateReach {
  /** The environment of the process: no plan can tell whether it is the same when plays run. @default false */
  readonly environment?: boolean;
}

/** The rules of this runner. */
export function templateRules({ environment = false }: TemplateReach = {}): TemplateRules {
  const templar = new Templar();
  const isThere = (name: string): boolean => environment || name !== ENVIRONMENT_LOOKUP;
  return {
    syntax: (text, kind) => templar.tryCheck(text, kind),
    filters: FILTER_NAMES,
    tests: TEST_NAMES,
    functions: GLOBAL_NAMES,
    lookups: [...LOOKUPS.keys()].filter(isThere).sort(),
    refusedLookups: REFUSED_LOOKUPS,
    refused: REFUSED_CALLABLES,
  };
}
