/**
 * Mirrors for dockerd: `daemon.json` (moby registry/config.go). It mirrors docker.io only, by plain
 * host, and always falls back: what it cannot express is left out here and judged in cluster/rules.
 */
import type { Mirror, MirrorEndpoint } from "../../cluster";
import type { RenderedFile } from "./rendered-file";

/** dockerd's configuration. */
export const DAEMON_JSON = "/etc/docker/daemon.json";
const REGISTRY = "docker.io";

/** Files for all registries; none when dockerd has no use for any mirror. */
export function renderDockerd(mirrors: readonly Mirror[]): RenderedFile[] {
  const endpoints = mirrors.flatMap((it) =>
    it.registry === REGISTRY ? it.endpoints.filter(isExpressible) : [],
  );
  if (endpoints.length === 0) return [];
  const insecure = endpoints.filter((it) => it.insecure || it.url.startsWith("http:"));
  const config = {
    ...(insecure.length > 0
      ? { "insecure-registries": insecure.map(({ url }) => new URL(url).host) }
      : {}),
    "registry-mirrors": endpoints.map(({ url }) => new URL(url).origin),
  };
  const certificates = endpoints.flatMap(({ url, ca }) =>
    ca ? [{ path: `/etc/docker/certs.d/${new URL(url).host}/ca.crt`, content: ca.pem }] : [],
  );
  return [
    { path: DAEMON_JSON, content: `${JSON.stringify(config, undefined, 2)}\n` },
    ...certificates,
  ];
}

function isExpressible({ url, mode }: MirrorEndpoint): boolean {
  return mode === "fallback" && new URL(url).pathname === "/";
}
