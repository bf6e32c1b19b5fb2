#!/usr/bin/env node
// Starts the command: from the sources inside the repository, from dist/ in an installed package.
"use strict";
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
const source = path.join(root, "cli", "main.ts");
if (existsSync(source)) {
  require("../scripts/load-typescript.js");
  void require(source).main();
} else {
  void require(path.join(root, "dist", "cli", "main.js")).main();
}
