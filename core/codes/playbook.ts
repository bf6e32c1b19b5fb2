/** Codes of playbooks, templates and inventories (AS14…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of playbooks, templates and inventories. */
export const PLAYBOOK_CODES = {
  AS1401: {
    title: "not valid YAML",
    why: "A playbook cannot be parsed as YAML 1.2.",
    fix: "Mend the syntax at the shown position.",
  },
} as const satisfies Record<string, CodeEntry>;
