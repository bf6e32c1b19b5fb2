/** Copies what the compiler leaves behind into dist/: the shipped plays, and the lab's scripts. */
import { cpSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");
for (const it of ["playbooks/plays", "images/starlingx/lab/bin", "images/starlingx/lab/lib"]) {
  cpSync(path.join(root, it), path.join(root, "dist", it), { recursive: true });
}
