/**
 * Mirrors for StarlingX: `docker_registries` of its bootstrap, a file of variables for `ansible-playbook -e @FILE`. A
 * URL has no scheme, there is one for each registry, and nothing else is asked. Source: StarlingX' bootstrap
 * variables (host_vars/bootstrap/default.yml).
 */
import { stringify } from "yaml";
import type { Mirror, MirrorEndpoint } from "../../cluster";
import { hostOf, pathOf } from "../../cluster/mirror-features";
import { finishTemplates, loginOf } from "./login";
import type { RenderedFile } from "./rendered-file";

/** Variables of the bootstrap. */
export const STARLINGX_VARS = "/etc/armstead/starlingx-registries.yml";
/** Certificates of the mirrors. */
export const STARLINGX_CA = "/etc/armstead/starlingx-registries-ca.pem";
/** Key of what holds for registries that are not named. */
const DEFAULTS = "defaults";

/** Files for all registries; none without a mirror. */
export function renderStarlingx(mirrors: readonly Mirror[]): RenderedFile[] {
  const named = mirrors.flatMap(({ registry, endpoints: [it] }) =>
    it ? [[registry === "*" ? DEFAULTS : registry, it] as const] : [],
  );
  if (named.length === 0) return [];
  const pems = new Set(named.flatMap(([, { ca }]) => (ca ? [ca.pem] : [])));
  const content = {
    docker_registries: Object.fromEntries(named.map(([key, it]) => [key, registryOf(it)])),
    ...(pems.size > 0 ? { ssl_ca_cert: STARLINGX_CA } : {}),
  };
  const text = stringify(content, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
  const isSecret = named.some(([, it]) => it.credentials);
  return [
    { path: STARLINGX_VARS, content: finishTemplates(text), ...(isSecret ? { secret: true } : {}) },
    ...(pems.size > 0 ? [{ path: STARLINGX_CA, content: [...pems].join("") }] : []),
  ];
}

/** An entry of docker_registries; its login is templates, see {@link finishTemplates}. */
export function registryOf({ url, credentials }: Pick<MirrorEndpoint, "url" | "credentials">): {
  readonly url: string;
  readonly type: string;
  readonly username?: string;
  readonly password?: string;
  readonly secure: boolean;
} {
  return {
    url: [hostOf(url), pathOf(url)].filter((it) => it !== "").join("/"),
    type: "docker",
    ...(credentials ? loginOf(credentials) : {}),
    secure: url.startsWith("https:"),
  };
}
