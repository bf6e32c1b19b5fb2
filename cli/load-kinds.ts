/** Kinds of deployments of other packages, for commands that read cluster files. */
import { createRequire } from "node:module";
import path from "node:path";
import type { AnyDeploymentKind } from "../constructs";
import { fault, UserFault } from "../core/faults";

/**
 * The kinds that modules export as `deployments`.
 * @param modules - names of packages, or paths that start with a dot
 * @param folder - absolute; where they are looked for
 * @throws UserFault AS1003 when there is no such module, or it exports no kinds
 */
export function loadKinds(modules: readonly string[], folder: string): AnyDeploymentKind[] {
  const load = createRequire(path.join(folder, "cluster.yaml"));
  return modules.flatMap((given) => {
    let loaded: { readonly deployments?: unknown } | undefined;
    try {
      loaded = load(given) as typeof loaded;
    } catch (error) {
      const [hint = ""] = String(error instanceof Error ? error.message : error).split("\n");
      throw new UserFault([fault("AS1003", "--with", { given, hint })]);
    }
    const kinds = loaded?.deployments;
    if (!Array.isArray(kinds) || !kinds.every(isKind)) {
      const hint = "it has to export deployments, a list of DeploymentKind";
      throw new UserFault([fault("AS1003", "--with", { given, hint })]);
    }
    return kinds;
  });
}

function isKind(it: unknown): it is AnyDeploymentKind {
  const { rules, define } = (it ?? {}) as Partial<AnyDeploymentKind>;
  return typeof rules?.kind === "string" && typeof define === "function";
}
