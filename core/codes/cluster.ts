/** Codes of cluster.yaml (AS12…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of cluster.yaml. */
export const CLUSTER_CODES = {
  AS1201: {
    title: "not valid YAML",
    why: "The file cannot be parsed as YAML 1.2.",
    fix: "Mend the syntax at the shown position; duplicate keys and tabs are the usual reasons.",
  },
} as const satisfies Record<string, CodeEntry>;
