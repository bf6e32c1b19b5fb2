/** Codes of faults of ours (AS3…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of faults of ours. */
export const BUG_CODES = {
  AS3001: {
    title: "a bug of armstead",
    why: "One of our own rules did not hold. Nothing that you wrote should cause this.",
    fix: "Please report it with the message and what you ran.",
  },
} as const satisfies Record<string, CodeEntry>;
