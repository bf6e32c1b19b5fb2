/** Bundles a provider's entry point into the folder of a Terraform package. */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { lazyPackages } from "./lazy-packages";
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
const WASM = path.join(ROOT, "node_modules/minijinja-js/dist/node/minijinja_js_bg.wasm");
/** Without it, a project of type "module" around the package would make Node read ES modules. */
const PACKAGE_JSON = '{"type":"commonjs"}\n';

/**
 * Bundles; the same sources give the same bytes.
 * @returns name of the executable
 */
export async function bundleProvider({ entry, folder, version }: BundleOptions): Promise<string> {
  const name = `terraform-provider-armstead_v${version}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [entry],
    outfile: path.join(folder, name),
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
    plugins: [lazyPackages(["ssh2", "minijinja-js"]), leanZod()],
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(path.join(folder, name), 0o755);
  writeFileSync(path.join(folder, "package.json"), PACKAGE_JSON);
  // minijinja reads its machine code from the folder that its script is in: the bundle's.
  copyFileSync(WASM, path.join(folder, path.basename(WASM)));
  return name;
}
