/** Values that Terraform does not know yet, as they travel. */

/** A value that Terraform does not know yet. Refinements, where present, go back untouched. */
export class Unknown {
  /** @param refinements - the extension's bytes, opaque to us */
  constructor(readonly refinements?: Uint8Array) {}
}

/** The plain unknown. */
export const UNKNOWN = new Unknown();
