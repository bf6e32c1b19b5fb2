/** Values that Terraform does not know yet, and numbers that a double cannot hold. */

/** A value that Terraform does not know yet. Refinements, where present, go back untouched. */
export class Unknown {
  /** @param refinements - the extension's bytes, opaque to us */
  constructor(readonly refinements?: Uint8Array) {}
}

/** The plain unknown. */
export const UNKNOWN = new Unknown();

/** Whether a value, or any value inside it, is unknown. */
export function isUnknownInside(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(isUnknownInside);
}
