/**
 * Mirrors for k3s: `registries.yaml`, read when k3s or its agent starts (k3s docs, private registry). A path is
 * a rewrite rule of the whole registry, TLS and login belong to a host, and whether the registry itself is asked last
 * is one setting for all of them: what differs there is judged in cluster/rules.
 */
import { stringify } from "yaml";
import type { Mirror, MirrorEndpoint } from "../../cluster";
import { hostOf, pathOf } from "../../cluster/mirror-features";
import { certificatePath, hostCertificates } from "./host-certificates";
import { finishTemplates, loginOf } from "./login";
import type { RenderedFile } from "./rendered-file";

/** k3s' list of mirrors. */
export const REGISTRIES_YAML = "/etc/rancher/k3s/registries.yaml";
const ONLY_MIRRORS = "/etc/rancher/k3s/config.yaml.d/50-armstead-registries.yaml";
const CERTS_D = "/etc/rancher/k3s/armstead-certs.d";

/** Files for all registries; none without a mirror. */
export function renderK3s(mirrors: readonly Mirror[]): RenderedFile[] {
  if (mirrors.length === 0) return [];
  const endpoints = mirrors.flatMap((it) => it.endpoints);
  const configs = hostConfigs(endpoints);
  const content = {
    mirrors: Object.fromEntries(mirrors.map((it) => [it.registry, mirrorOf(it)])),
    ...(configs.size > 0 ? { configs: Object.fromEntries(configs) } : {}),
  };
  const isSecret = endpoints.some((it) => it.credentials);
  const certificates = hostCertificates(CERTS_D, endpoints);
  return [
    { ...yamlFile(REGISTRIES_YAML, content), ...(isSecret ? { secret: true } : {}) },
    ...(mirrors.every((it) => it.endpoints[0]?.mode === "only")
      ? [yamlFile(ONLY_MIRRORS, { "disable-default-registry-endpoint": true })]
      : []),
    ...certificates,
  ];
}

function mirrorOf({ endpoints }: Mirror): object {
  const path = pathOf(endpoints[0]?.url ?? "http://none");
  return {
    endpoint: endpoints.map(({ url }) => new URL(url).origin),
    ...(path === "" ? {} : { rewrite: { "^(.*)$": `${path}/$1` } }),
  };
}

function hostConfigs(
  endpoints: readonly MirrorEndpoint[],
): Map<string, Readonly<Record<string, object>>> {
  const configs = new Map<string, Readonly<Record<string, object>>>();
  for (const it of endpoints) {
    const host = hostOf(it.url);
    const tls = {
      ...(it.ca ? { ca_file: certificatePath(CERTS_D, host) } : {}),
      ...(it.insecure && it.url.startsWith("https:") ? { insecure_skip_verify: true } : {}),
    };
    const config = {
      ...configs.get(host),
      ...(it.credentials ? { auth: loginOf(it.credentials) } : {}),
      ...(Object.keys(tls).length > 0 ? { tls: { ...configs.get(host)?.tls, ...tls } } : {}),
    };
    if (Object.keys(config).length > 0) configs.set(host, config);
  }
  return configs;
}

function yamlFile(path: string, content: object): RenderedFile {
  // Quotes everywhere: `*` is an alias without them, and a password may look like a number.
  const text = stringify(content, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
  return { path, content: finishTemplates(text) };
}
