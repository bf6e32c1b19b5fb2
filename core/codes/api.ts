/** Codes of the machine API and the network to it (AS20… and AS21…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of the machine API and the network to it. */
export const API_CODES = {
  AS2001: {
    title: "the API cannot be reached",
    why: "No connection could be made, or it was lost, and every safe retry failed too.",
    fix: "Check the endpoint and the network; for the lab: npx armstead lab status.",
  },
  AS2002: {
    title: "the deadline passed",
    why: "An operation did not end within its time limit.",
    fix: "Look at what was tried last; raise the timeout if the work is known to be slow.",
  },
} as const satisfies Record<string, CodeEntry>;
