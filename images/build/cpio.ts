/**
 * Writes cpio archives as the kernel's initramfs takes them: "newc", all owned by root, no times.
 * Layout: Documentation/driver-api/early-userspace/buffer-format.rst of the kernel.
 */
import { normalizeTree, type TreeEntry } from "./tree";

const TYPE_BITS = { folder: 0o040000, file: 0o100000, link: 0o120000 } as const;
const LINK_MODE = 0o777;
const TRAILER = "TRAILER!!!";
/** An archive's length; the kernel finds the next one after it on any multiple of four. */
const BLOCK_BYTES = 512;

/** One archive of the entries. Several may follow each other in one initramfs. */
export function packCpio(entries: readonly TreeEntry[]): Buffer {
  const parts = normalizeTree(entries).flatMap((entry, index) => {
    const content = Buffer.from(entry.kind === "link" ? entry.target : contentOf(entry));
    const mode = TYPE_BITS[entry.kind] | (entry.kind === "link" ? LINK_MODE : entry.mode);
    return member({ inode: index + 1, mode, name: entry.path, content });
  });
  parts.push(...member({ inode: 0, mode: 0, name: TRAILER, content: Buffer.alloc(0) }));
  return padded(Buffer.concat(parts), BLOCK_BYTES);
}

interface Member {
  readonly inode: number;
  readonly mode: number;
  readonly name: string;
  readonly content: Buffer;
}

function member({ inode, mode, name, content }: Member): Buffer[] {
  const nameBytes = Buffer.byteLength(name) + 1;
  // inode, mode, uid, gid, links, mtime, size, device and rdevice in two halves each, name, check.
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, nameBytes, 0];
  const hex = fields.map((it) => it.toString(16).padStart(8, "0")).join("");
  return [padded(Buffer.from(`070701${hex}${name}\0`), 4), padded(content, 4)];
}

function contentOf(entry: TreeEntry): Buffer | string {
  return entry.kind === "file" ? entry.content : "";
}

function padded(bytes: Buffer, to: number): Buffer {
  const missing = (to - (bytes.length % to)) % to;
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
}
