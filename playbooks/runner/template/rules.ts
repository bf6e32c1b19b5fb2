/** What the checks of the model may know of templates, so that they need not know the runner. */
import type { TemplateRules } from "../../model/parsing";
import { FILTER_NAMES } from "./filters/filters";
import { TEST_NAMES } from "./filters/tests";
import { GLOBAL_NAMES } from "./jinja/globals";
import { LOOKUPS, REFUSED_LOOKUPS } from "./lookups/lookups";
import { REFUSED_CALLABLES } from "./refused";
import { Templar } from "./templar";

/** The rules of this runner. */
export function templateRules(): TemplateRules {
  const templar = new Templar();
  return {
    syntax: (text, kind) => templar.tryCheck(text, kind),
    filters: FILTER_NAMES,
    tests: TEST_NAMES,
    functions: GLOBAL_NAMES,
    lookups: [...LOOKUPS.keys()].sort(),
    refusedLookups: REFUSED_LOOKUPS,
    refused: REFUSED_CALLABLES,
  };
}
