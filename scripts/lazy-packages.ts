/**
 * An esbuild plugin: packages that load when they are first used, not when the provider
 * starts. Terraform starts it three to five times a command, and most starts never run a play.
 */
import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

const NAMESPACE = "lazy-package";

/**
 * Makes the plugin.
 * @param packages - CommonJS packages whose exports are known once they are loaded
 */
export function lazyPackages(packages: readonly string[]): Plugin {
  const filter = new RegExp(`^(${packages.join("|")})$`);
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter }, (args) =>
        // The stand-in itself asks for the real package.
        args.namespace === NAMESPACE ? undefined : { path: args.path, namespace: NAMESPACE },
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, (args) => ({
        contents: standIn(args.path),
        resolveDir: __dirname,
      }));
    },
  };
}

/** Exports the same names; a getter a name loads the package. */
function standIn(name: string): string {
  const real: unknown = createRequire(__filename)(name);
  const names = Object.keys(real as object);
  const getters = names.map(
    (it) =>
      `get ${JSON.stringify(it)}() { return require(${JSON.stringify(name)})[${JSON.stringify(it)}]; }`,
  );
  return `module.exports = { ${getters.join(", ")} };`;
}
