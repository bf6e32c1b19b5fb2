/** Codes of provider configuration and resources (AS18…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of provider configuration and resources. */
export const PROVIDER_CODES = {
  AS1801: {
    title: "no API token",
    why: "The provider was given no auth_token, and neither ARMSTEAD_AUTH_TOKEN nor METAL_AUTH_TOKEN is set.",
    fix: 'Set ARMSTEAD_AUTH_TOKEN; for endpoint "lab" start the lab first: npx armstead lab up.',
  },
} as const satisfies Record<string, CodeEntry>;
