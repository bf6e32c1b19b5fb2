/** What goes into a command, as bytes. Pure. */

/** Texts are UTF-8. */
export function toBytes(stdin: string | Uint8Array | undefined): Uint8Array {
  return typeof stdin === "string" ? Buffer.from(stdin) : (stdin ?? new Uint8Array());
}
