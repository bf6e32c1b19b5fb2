/** Copies what the compiler leaves behind into dist/: the shipped plays. */
import { cpSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");
cpSync(path.join(root, "playbooks", "plays"), path.join(root, "dist", "playbooks", "plays"), {
  recursive: true,
});
