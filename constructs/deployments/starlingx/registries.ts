/** docker_registries of a site: the cluster's mirrors, and registries of its own. Logins are templates of secret variables. Pure. */
import type { ClusterSpec } from "../../../cluster";
import type { RegistryOptions } from "../../../cluster/deployments/starlingx/options/registries";
import { DEFAULTS_KEY } from "../../../cluster/deployments/starlingx/rules/registries";
import type { Site } from "../../../cluster/deployments/starlingx/site";
import { loginOf } from "../../mirrors/login";
import { registryOf } from "../../mirrors/starlingx";

/** See the header. */
export interface DockerRegistries {
  /** By the bootstrap's keys. */
  readonly entries: Readonly<Record<string, object>>;
  /** Whether some entry has a login, so that all of them belong into the file of secrets. */
  readonly hasLogins: boolean;
}

/** Registries of a site. Those of its own win over mirrors in a subcloud, and never meet them elsewhere. */
export function dockerRegistries({ options }: Site, { registries }: ClusterSpec): DockerRegistries {
  const mirrored = registries.mirrors.flatMap(({ registry, endpoints: [it] }) =>
    it ? [[registry === "*" ? DEFAULTS_KEY : registry, registryOf(it)] as const] : [],
  );
  const own = Object.entries(options.dockerRegistries ?? {}).map(
    ([key, it]) => [key, ownRegistry(it)] as const,
  );
  const entries = Object.fromEntries<object>([...mirrored, ...own]);
  const hasLogins = Object.values(entries).some((it) => "username" in it);
  return { entries, hasLogins };
}

function ownRegistry({ url, type, username, password, secure }: RegistryOptions): object {
  return {
    ...(url === undefined ? {} : { url }),
    type: type ?? "docker",
    ...(username === undefined || password === undefined ? {} : loginOf({ username, password })),
    secure: secure ?? true,
  };
}
