/**
 * What the resource remembers between two commands, in Terraform's private data: no user sees it, and
 * no secret is in it. Pure.
 */

/** See the header. */
export interface Memory {
  /** Names of the secret variables of the last run: their values are stored nowhere. */
  readonly secrets: readonly string[];
}

/** Undefined when nothing was stored, or not by this version. */
export function readMemory(stored: unknown): Memory | undefined {
  if (typeof stored !== "object" || stored === null || !("secrets" in stored)) return undefined;
  const { secrets } = stored;
  return isTexts(secrets) ? { secrets } : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((it) => typeof it === "string");
}
