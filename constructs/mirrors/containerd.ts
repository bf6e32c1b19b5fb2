/**
 * Mirrors for containerd: `hosts.toml`, one folder a registry (containerd docs/hosts.md). Root keys
 * come before the first host table, and hosts are asked in the order of the file, then the server.
 */
import type { Mirror, MirrorEndpoint } from "../../cluster";
import type { RenderedFile } from "./rendered-file";
import { tomlLines, tomlString } from "./toml";

/** The folder that containerd's `config_path` names. */
export const CERTS_D = "/etc/containerd/certs.d";
/** docker.io is a name; the registry behind it answers elsewhere. */
const SERVERS: Readonly<Record<string, string>> = { "docker.io": "https://registry-1.docker.io" };
/** A mirror serves manifests by tag (resolve) and blobs (pull); nobody pushes to it. */
const CAPABILITIES = ["pull", "resolve"];

/** Files for one registry. */
export function renderContainerd({ registry, endpoints }: Mirror): RenderedFile[] {
  const folder = `${CERTS_D}/${registry === "*" ? "_default" : registry}`;
  const caPath = (index: number): string => `${folder}/ca-${index}.pem`;
  const all = endpoints.map((endpoint, index) => ({
    endpoint,
    keys: hostKeys(endpoint, endpoint.ca && caPath(index)),
  }));
  // Without a server line, containerd asks the registry itself last: so the last mirror is the server. It is a
  // host too: containerd 1.6 takes no file without one, and would ask the registry itself after all.
  const server = endpoints[0]?.mode === "only" ? all.at(-1) : undefined;
  const root = server
    ? [`server = ${tomlString(hostUrl(server.endpoint))}`, ...server.keys]
    : serverLines(registry);
  const tables = all.map(({ endpoint, keys }) =>
    [`[host.${tomlString(hostUrl(endpoint))}]`, ...keys.map((it) => `  ${it}`)].join("\n"),
  );
  const blocks = root.length > 0 ? [root.join("\n"), ...tables] : tables;
  const certificates = endpoints.flatMap(({ ca }, index) =>
    ca ? [{ path: caPath(index), content: ca.pem }] : [],
  );
  return [{ path: `${folder}/hosts.toml`, content: `${blocks.join("\n\n")}\n` }, ...certificates];
}

function serverLines(registry: string): string[] {
  return registry === "*" ? [] : tomlLines({ server: SERVERS[registry] ?? `https://${registry}` });
}

function hostKeys({ url, insecure }: MirrorEndpoint, ca: string | undefined): string[] {
  return tomlLines({
    capabilities: CAPABILITIES,
    ca,
    skip_verify: insecure && url.startsWith("https:") ? true : undefined,
    override_path: prefixOf(url) === "" ? undefined : true,
  });
}

/** containerd adds /v2 behind a URL; a prefix of repositories belongs behind it. */
function hostUrl({ url }: MirrorEndpoint): string {
  const prefix = prefixOf(url);
  const { origin } = new URL(url);
  return prefix === "" ? origin : `${origin}/v2${prefix}`;
}

function prefixOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, "");
}
