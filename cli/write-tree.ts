/** Writes rendered files below a folder, as a node would have them below its root. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RenderedFile } from "../constructs/mirrors/rendered-file";
import { fault, UserFault } from "../core/faults";

/** @throws UserFault AS1002 for a folder that cannot be written */
export function writeTree(folder: string, files: readonly RenderedFile[]): void {
  for (const { path: name, content, secret } of files) {
    const target = path.join(folder, name);
    // Half a file would be worse than none, and nobody else may look at a login for a moment either.
    const half = `${target}.${process.pid}.tmp`;
    try {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(half, content, { mode: secret ? 0o600 : 0o644 });
      renameSync(half, target);
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw new UserFault([fault("AS1002", "", { given: target, hint: reason })]);
    }
  }
}
