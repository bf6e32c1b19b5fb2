/** Entries of Terraform's dependency lock file, in the very form that `terraform init` writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const HEADER = [
  '# This file is maintained automatically by "terraform init".',
  "# Manual edits may be lost in future updates.",
].join("\n");

/** Sets one provider's entry; those of others stay. A file that says so already is not touched. */
export function writeLockEntry(file: string, source: string, version: string, hash: string): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const after = withLockEntry(before, source, version, hash);
  if (after !== before) writeFileSync(file, after);
}

/** The file's text with the entry; entries are sorted by source, as Terraform does it. Pure. */
export function withLockEntry(text: string, source: string, version: string, hash: string): string {
  const entries = new Map(
    [...text.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n/gm)].map(([block, name = ""]) => [
      name,
      block,
    ]),
  );
  entries.set(source, lockEntry(source, version, hash));
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, block]) => block);
  return `${HEADER}\n\n${sorted.join("\n")}`;
}

function lockEntry(source: string, version: string, hash: string): string {
  return [
    `provider "${source}" {`,
    `  version     = "${version}"`,
    `  constraints = "${version}"`,
    "  hashes = [",
    `    "${hash}",`,
    "  ]",
    "}\n",
  ].join("\n");
}
