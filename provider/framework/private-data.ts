/**
 * What a resource remembers beside its state, in the private data that Terraform keeps for it and shows
 * to nobody. Data of other versions, or none, is read as undefined: a resource must do without.
 */

/** The value that a resource stored; undefined when there is none that can be read. */
export function decodePrivate(data: Uint8Array | undefined): unknown {
  if (data === undefined || data.length === 0) return undefined;
  try {
    const parsed = JSON.parse(Buffer.from(data).toString("utf8")) as unknown;
    return parsed;
  } catch {
    return undefined;
  }
}

/** The bytes that Terraform keeps. @param value - JSON */
export function encodePrivate(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), "utf8");
}
