/** Ids that are the same in every lab: a UUID of version 5's layout, made from a name. Pure. */
import { createHash } from "node:crypto";

/** @param name - such as `plan:c3.large.arm64` */
export function stableId(name: string): string {
  const hash = createHash("sha1").update(`armstead-lab:${name}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex", 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
