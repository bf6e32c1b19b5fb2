/** Reads `module_defaults`: arguments that a play or a block gives to the modules of its tasks. Pure. */
import { isMapping } from "../../core/mapping";
import { checkTemplates } from "./check-templates";
import type { Cursor } from "./cursor";
import { shortName } from "./module-call";
import type { Parsing } from "./parsing";
import type { ModuleDefaults } from "./task-scope";

/** What holds inside of a play, block or task, with what it inherits. */
export function readModuleDefaults(
  parsing: Parsing,
  at: Cursor,
  inherited: ModuleDefaults = new Map(),
): ModuleDefaults {
  if (!at.has("module_defaults")) return inherited;
  const given = at.at("module_defaults");
  const defaults = new Map(inherited);
  for (const mapping of Array.isArray(given.value) ? given.items : [given]) {
    for (const key of mapping.keys) {
      const { value } = mapping.at(key);
      if (key.startsWith("group/")) {
        const hint = "name the modules one by one";
        parsing.report(mapping.keyFault("AS1404", key, { given: key, hint }));
      } else if (isMapping(value)) {
        checkTemplates(parsing, mapping.at(key));
        defaults.set(shortName(key), { ...defaults.get(shortName(key)), ...value });
      } else if (value !== null) {
        parsing.report(mapping.at(key).fault("AS1405", { given: value, allowed: "a mapping" }));
      }
    }
  }
  return defaults;
}
