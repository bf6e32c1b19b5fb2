/** Logins of mirrors, from the environment: by the names that Terraform takes them by. */
import type { MirrorEndpoint, RegistriesSpec } from "../cluster";
import { fault, throwIfAny } from "../core/faults";
import type { Environment } from "../core/folders";

/** Name of the environment's variable that holds a secret variable. */
export function environmentName(name: string): string {
  return `TF_VAR_${name}`;
}

/**
 * Gives the value of every secret variable that mirrors name.
 * @throws UserFault AS1230 with every variable that is not set
 */
export function loginsOf(
  { mirrors }: RegistriesSpec<MirrorEndpoint>,
  environment: Environment,
): (name: string) => string {
  const named = mirrors.flatMap(({ registry, endpoints }) =>
    endpoints.flatMap(({ credentials }) =>
      credentials
        ? [credentials.username, credentials.password].map((name) => ({ registry, name }))
        : [],
    ),
  );
  throwIfAny(
    named
      .map(({ registry, name }) => ({ registry, name: environmentName(name) }))
      .filter(({ name }) => !isUsable(environment[name]))
      .map(({ registry, name }) => fault("AS1230", `mirror "${registry}"`, { given: name })),
  );
  return (name) => environment[environmentName(name)] ?? "";
}

/** Most formats have one line for a login. */
function isUsable(value: string | undefined): boolean {
  return value !== undefined && /^[^\p{Cc}]+$/u.test(value);
}
