/** For which container runtimes a cluster's mirrors are written: those that it names, else its deployment's. Pure. */
import type { DeploymentRules } from "./catalogue";
import type { ContainerRuntime, RegistriesSpec } from "./config";
import { DEFAULT_TARGETS } from "./mirror-targets";

type Named = Pick<RegistriesSpec, "runtimes">;
type Rules = Pick<DeploymentRules, "runtime"> | undefined;

/** Runtimes that must be able to use every mirror; none when nobody says which there are. */
export function judgedRuntimes({ runtimes }: Named, rules: Rules): readonly ContainerRuntime[] {
  return runtimes ?? (rules?.runtime === undefined ? [] : [rules.runtime]);
}

/** Runtimes that files are written for; {@link DEFAULT_TARGETS} when nobody says which there are. */
export function runtimesOf(registries: Named, rules: Rules): readonly ContainerRuntime[] {
  const judged = judgedRuntimes(registries, rules);
  return judged.length > 0 ? judged : DEFAULT_TARGETS;
}
