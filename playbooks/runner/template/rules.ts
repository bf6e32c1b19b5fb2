/** What the checks of the model may know of templates, so that they need not know the engine. */
import type { TemplateRules } from "../../model/parsing";
import { FILTER_NAMES } from "./filters/filters";
import { TEST_NAMES } from "./filters/tests";
import { Templar } from "./templar";

const FUNCTIONS = ["range", "dict", "namespace", "cycler", "joiner"] as const;

/** The rules of this runner; the engine is loaded at the first text that needs it. */
export function templateRules(): TemplateRules {
  const templar = new Templar();
  return {
    syntax: (text, kind) => templar.tryCheck(text, kind),
    filters: FILTER_NAMES,
    tests: TEST_NAMES,
    functions: FUNCTIONS,
  };
}
