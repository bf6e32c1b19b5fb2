/**
 * Reads what builders need of 64-bit little-endian ELF files (both of our architectures):
 * sections by name, and the libraries that a program links. Layout as in elf(5).
 */
import { OuterFault } from "../../core/faults";

const HEADER = {
  sectionTable: 0x28,
  entryBytes: 0x3a,
  entryCount: 0x3c,
  namesIndex: 0x3e,
} as const;
const SECTION = { name: 0x00, offset: 0x18, bytes: 0x20, bytesTotal: 0x40 } as const;
const MAGIC_64_LITTLE = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
const DYNAMIC_ENTRY_BYTES = 16;
const TAG_NEEDED = 1n;

/** Whether these bytes begin like such a file. */
export function isElf(bytes: Buffer): boolean {
  return bytes.length >= SECTION.bytesTotal && bytes.subarray(0, 6).equals(MAGIC_64_LITTLE);
}

/**
 * A section's bytes, or undefined when the file has none of that name.
 * @throws OuterFault AS2453 when it is no such ELF file, or a cut one
 */
export function elfSection(bytes: Buffer, name: string): Buffer | undefined {
  if (!isElf(bytes)) throw new OuterFault("AS2453", { problem: "not a 64-bit ELF file" });
  const count = bytes.readUInt16LE(HEADER.entryCount);
  const names = sectionAt(bytes, bytes.readUInt16LE(HEADER.namesIndex)).content;
  for (let index = 0; index < count; index += 1) {
    const { nameOffset, content } = sectionAt(bytes, index);
    if (textAt(names, nameOffset) === name) return content;
  }
  return undefined;
}

/** Sonames of the libraries that a program or library links; none when it is static. */
export function neededLibraries(bytes: Buffer): string[] {
  const dynamic = elfSection(bytes, ".dynamic");
  const names = elfSection(bytes, ".dynstr");
  if (!dynamic || !names) return [];
  const needed: string[] = [];
  for (let at = 0; at + DYNAMIC_ENTRY_BYTES <= dynamic.length; at += DYNAMIC_ENTRY_BYTES) {
    if (dynamic.readBigUInt64LE(at) !== TAG_NEEDED) continue;
    needed.push(textAt(names, Number(dynamic.readBigUInt64LE(at + 8))));
  }
  return needed;
}

function sectionAt(bytes: Buffer, index: number): { nameOffset: number; content: Buffer } {
  const table = Number(bytes.readBigUInt64LE(HEADER.sectionTable));
  const at = table + index * bytes.readUInt16LE(HEADER.entryBytes);
  if (at + SECTION.bytesTotal > bytes.length) {
    throw new OuterFault("AS2453", { problem: "an ELF file is cut short" });
  }
  const offset = Number(bytes.readBigUInt64LE(at + SECTION.offset));
  const length = Number(bytes.readBigUInt64LE(at + SECTION.bytes));
  return {
    nameOffset: bytes.readUInt32LE(at + SECTION.name),
    content: bytes.subarray(offset, offset + length),
  };
}

function textAt(bytes: Buffer, offset: number): string {
  const end = bytes.indexOf(0, offset);
  return bytes.toString("latin1", offset, end < 0 ? bytes.length : end);
}
