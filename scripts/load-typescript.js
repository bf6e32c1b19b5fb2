/**
 * Lets a process read TypeScript, as ts-node does, but in half the time: what was translated once is kept, and neither
 * compiler is loaded when nothing is new. Types are not checked. For programs that run from the sources:
 * `node -r ./scripts/load-typescript.js FILE`.
 */
"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const ROOT = path.dirname(__dirname);
const KEPT = path.join(ROOT, "node_modules", ".cache", "armstead-typescript");
/** As tsconfig.json has it. */
const OPTIONS = {
  module: { type: "commonjs", ignoreDynamic: true },
  jsc: { parser: { syntax: "typescript" }, target: "es2022", keepClassNames: true },
  sourceMaps: "inline",
  swcrc: false,
};
const SALT = JSON.stringify([OPTIONS, require("@swc/core/package.json").version]);

if (process.env.ARMSTEAD_DEBUG !== undefined) process.setSourceMapsEnabled(true);

require.extensions[".ts"] = (module, file) => {
  module._compile(translated(file), file);
};

function translated(file) {
  const source = readFileSync(file, "utf8");
  // Source maps have the file's name in them.
  const hash = createHash("sha256").update(SALT).update(file).update("\0").update(source);
  const kept = path.join(KEPT, `${hash.digest("hex")}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = require("@swc/core").transformSync(source, { ...OPTIONS, filename: file });
    keep(kept, code);
    return code;
  }
}

/** Whole or not at all: others read at the same time. Where nothing can be kept, all works, but slowly. */
function keep(file, code) {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(beside, code);
    renameSync(beside, file);
  } catch {
    // As said above.
  }
}
