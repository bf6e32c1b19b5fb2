/**
 * The `h1:` hash by which Terraform's lock file knows a provider package. Every file counts,
 * by its path and content; modes and times do not.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Hashes the files of a package.
 * @param files - content by relative path with `/`
 */
export function hashFiles(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, content]) => `${sha256(content).toString("hex")}  ${name}\n`);
  return `h1:${sha256(Buffer.from(lines.join(""), "utf8")).toString("base64")}`;
}

/** Hashes all files below a folder. */
export function hashFolder(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((it) => !it.isDirectory())
    .map((it) => path.join(it.parentPath, it.name))
    .map((file) => {
      const name = path.relative(folder, file).split(path.sep).join("/");
      return [name, readFileSync(file)] as const;
    });
  return hashFiles(new Map(files));
}

function sha256(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}
