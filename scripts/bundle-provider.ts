/** Bundles a provider's entry point into the folder of a Terraform package. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type BuildOptions } from "esbuild";
import { bundlePackage, lazyPackages } from "./lazy-packages";
import { leanZod } from "./lean-zod";

/** What is bundled, and where to. */
export interface BundleOptions {
  /** TypeScript file. */
  readonly entry: string;
  /** Emptied first. */
  readonly folder: string;
  readonly version: string;
}

const ROOT = path.join(__dirname, "..");
/** Only runs of playbooks need them. */
const LAZY = ["ssh2", "yaml"];
/** Without it, a project of type "module" around the package would make Node read ES modules. */
const PACKAGE_JSON = '{"type":"commonjs"}\n';
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  // Names of functions and classes stay: they are in stack traces and error names.
  minifyIdentifiers: false,
  legalComments: "none",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "error",
  // Optional native parts of ssh2: it falls back to JavaScript without them.
  external: ["cpu-features", "*.node"],
} as const satisfies BuildOptions;

/**
 * Bundles; the same sources give the same bytes.
 * @returns name of the executable
 */
export async function bundleProvider({ entry, folder, version }: BundleOptions): Promise<string> {
  const name = `terraform-provider-armstead_v${version}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    ...COMMON,
    entryPoints: [entry],
    outfile: path.join(folder, name),
    plugins: [lazyPackages(LAZY), leanZod()],
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(path.join(folder, name), 0o755);
  await Promise.all(LAZY.map((it) => bundlePackage(it, folder, COMMON)));
  writeFileSync(path.join(folder, "package.json"), PACKAGE_JSON);
  return name;
}
