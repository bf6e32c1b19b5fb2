/** Codes of constructs and images (AS16…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of constructs and images. */
export const CONSTRUCTS_CODES = {
  AS1601: {
    title: "a name that cannot be a Terraform name",
    why: "Names of clusters, pools and nodes are used in Terraform addresses and host names.",
    fix: "Use lower-case letters, digits and hyphens, starting with a letter.",
  },
} as const satisfies Record<string, CodeEntry>;
