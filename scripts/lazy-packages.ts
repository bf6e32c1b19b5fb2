/**
 * Packages that load when they are first used, not when the provider starts: each becomes a file
 * beside the bundle. Terraform starts the provider three to five times a command, and a start's
 * time is mostly the reading of its code, which most starts never run.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";

const NAMESPACE = "lazy-package";

/**
 * An esbuild plugin that leaves packages out of a bundle and loads their files on first use.
 * @param packages - CommonJS packages
 */
export function lazyPackages(packages: readonly string[]): Plugin {
  const filter = new RegExp(`^(${packages.join("|")})$`);
  return {
    name: NAMESPACE,
    setup(bundler) {
      bundler.onResolve({ filter }, (args) => ({ path: args.path, namespace: NAMESPACE }));
      bundler.onResolve({ filter: /./, namespace: NAMESPACE }, ({ path: file }) => ({
        path: file,
        external: true,
      }));
      bundler.onLoad({ filter: /./, namespace: NAMESPACE }, (args) => ({
        contents: standIn(args.path),
      }));
    },
  };
}

/**
 * Bundles one package into a file of its own.
 * @param name - of the package
 * @param folder - where the file goes, beside the provider's bundle
 * @param options - as for the provider's bundle
 */
export async function bundlePackage(
  name: string,
  folder: string,
  options: BuildOptions,
): Promise<void> {
  const contents = `module.exports = require(${JSON.stringify(name)});`;
  await build({
    ...options,
    stdin: { contents, resolveDir: __dirname },
    outfile: path.join(folder, fileOf(name)),
  });
}

/** Exports the same names; a getter a name loads the package's file. */
function standIn(name: string): string {
  const real: unknown = createRequire(__filename)(name);
  const file = JSON.stringify(`./${fileOf(name)}`);
  const getters = Object.keys(real as object)
    .map((it) => JSON.stringify(it))
    .map((it) => `get ${it}() { return require(${file})[${it}]; }`);
  return `module.exports = { ${getters.join(", ")} };`;
}

function fileOf(name: string): string {
  return `${name}.js`;
}
