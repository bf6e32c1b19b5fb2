/** What the checks of the model may know of templates, so that they need not know the runner. */
import type { TemplateRules } from "../../model/parsing";
import { FILTER_NAMES } from "./filters/filters";
import { TEST_NAMES } from "./filters/tests";
import { GLOBAL_NAMES } from "./jinja/globals";
import { ENVIRONMENT_LOOKUP, LOOKUPS, REFUSED_LOOKUPS } from "./lookups/lookups";
import { misuseOf, NO_CLOCK, REFUSED_CALLABLES, REFUSED_FUNCTIONS } from "./refused";
import { Templar } from "./templar";

const CLOCK_FUNCTION = "now";

/** What a run may read beside its variables and files. */
export interface TemplateReach {
  /** The environment and the clock of the process: no plan can tell whether they are the same when plays run. @default false */
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
    functions: GLOBAL_NAMES.filter((it) => environment || it !== CLOCK_FUNCTION),
    refusedFunctions: environment
      ? REFUSED_FUNCTIONS
      : new Map([...REFUSED_FUNCTIONS, [CLOCK_FUNCTION, NO_CLOCK]]),
    misuse: (filter, args) => misuseOf(filter, args, environment),
    lookups: [...LOOKUPS.keys()].filter(isThere).sort(),
    refusedLookups: REFUSED_LOOKUPS,
    refused: REFUSED_CALLABLES,
  };
}
