/** How an archive is packed, from its first bytes: busybox's tar does not find out itself. Pure. */

/** Options of tar for a packed archive; none for a plain one, `undefined` for what is no tar archive. */
export function tarOptions(content: Buffer): readonly string[] | undefined {
  if (content.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return ["-z"];
  if (content.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))) return ["-J"];
  if (content.subarray(0, 3).toString() === "BZh") return ["-j"];
  if (content.subarray(257, 262).toString() === "ustar") return [];
  return undefined;
}
