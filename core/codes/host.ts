/** Codes of SSH hosts and of tasks on them (AS22… and AS23…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of SSH hosts and of tasks on them. */
export const HOST_CODES = {
  AS2201: {
    title: "the host cannot be reached by SSH",
    why: "No SSH connection could be made within the time limit.",
    fix: "Check that the machine is up, its address and port, and that the key is authorized.",
  },
} as const satisfies Record<string, CodeEntry>;
