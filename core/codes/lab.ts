/** Codes of the lab and its machines (AS24…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of the lab and its machines. */
export const LAB_CODES = {
  AS2401: {
    title: "the lab is not running",
    why: "Nothing answers where the lab last listened.",
    fix: "Start it: npx armstead lab up.",
  },
} as const satisfies Record<string, CodeEntry>;
