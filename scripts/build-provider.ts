/**
 * Builds the Terraform provider into dist/provider, and dist/provider-manifest.json, which
 * tells stacks the version and the hash for their lock file.
 * Usage: node -r ts-node/register scripts/build-provider.ts
 */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { version } from "../package.json";
import { bundleProvider } from "./bundle-provider";
import { hashFolder } from "./hash-folder";

const ROOT = path.join(__dirname, "..");
const FOLDER = path.join(ROOT, "dist", "provider");
const MANIFEST = path.join(ROOT, "dist", "provider-manifest.json");

async function main(): Promise<void> {
  await bundleProvider({ entry: path.join(ROOT, "provider", "main.ts"), folder: FOLDER, version });
  const files = readdirSync(FOLDER).sort();
  const manifest = { version, files, h1: hashFolder(FOLDER) };
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  process.stdout.write(`${FOLDER}\n${manifest.h1}\n`);
}

void main();
