/** Codes of provider configuration and resources (AS18…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of provider configuration and resources. */
export const PROVIDER_CODES = {
  AS1801: {
    title: "no API token",
    why: "The provider was given no auth_token, and neither ARMSTEAD_AUTH_TOKEN nor METAL_AUTH_TOKEN is set.",
    fix: 'Set ARMSTEAD_AUTH_TOKEN; for endpoint "lab" start the lab first: npx armstead lab up.',
  },
  AS1802: {
    title: "stopped on request",
    why: "Terraform was interrupted while the work went on.",
    fix: "Nothing is lost: what exists is in the state. Run the same command again to go on.",
  },
  AS1803: {
    title: "not a duration",
    why: "A time limit in timeouts is not written as a duration, or is zero.",
    fix: "Write a number with a unit, such as 90s, 20m or 1h30m.",
  },
  AS1804: {
    title: "this Terraform would store a write-only argument",
    why: "Write-only arguments need Terraform 1.11 or later; an older one would keep the secret in its state.",
    fix: "Use Terraform 1.11 or later, or leave the argument out.",
  },
  AS1805: {
    title: "nothing to import",
    why: "No object has the id that was given to import.",
    fix: "Check the id, and that the provider is configured for the right endpoint and project.",
  },
  AS1806: {
    title: "this type cannot be imported",
    why: "What the resource stands for cannot be read back from the outer world.",
    fix: "Leave it out of the import; apply makes it anew.",
  },
  AS1807: {
    title: "the stored state is too old",
    why: "The state was written by a version that this provider has no way up from.",
    fix: "Apply once with a provider version in between, or remove the object from the state and import it.",
  },
  AS1808: {
    title: "a number with too many digits",
    why: "The argument takes numbers that a double holds exactly.",
    fix: "Use fewer digits.",
  },
  AS1809: {
    title: "a value that cannot be read",
    why: "A value is not of the type its argument has, or a map has the key __proto__.",
    fix: "Change the value at the shown place.",
  },
  AS1810: {
    title: "the provider is not configured yet",
    why: "Arguments of the provider block depend on objects that do not exist yet, and this step needs them.",
    fix: "Give the provider block values that are known before apply, or apply the objects it depends on first with -target.",
  },
} as const satisfies Record<string, CodeEntry>;
