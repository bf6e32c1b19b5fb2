/**
 * Mirrors for dockerd: `daemon.json` (moby registry/config.go). It mirrors docker.io only, by plain
 * host, and always falls back: what it cannot express is left out here and judged in cluster/rules.
 */
import type { Mirror, MirrorEndpoint } from "../../cluster";
import { hostOf, isLoose } from "../../cluster/mirror-features";
import { DOCKER_HUB } from "../../cluster/mirror-targets";
import { hostCertificates } from "./host-certificates";
import type { RenderedFile } from "./rendered-file";

/** dockerd's configuration. */
export const DAEMON_JSON = "/etc/docker/daemon.json";

/** Files for all registries; none when dockerd has no use for any mirror. */
export function renderDockerd(mirrors: readonly Mirror[]): RenderedFile[] {
  const endpoints = mirrors.flatMap((it) =>
    it.registry === DOCKER_HUB ? it.endpoints.filter(isExpressible) : [],
  );
  if (endpoints.length === 0) return [];
  const insecure = endpoints.filter(isLoose);
  const config = {
    ...(insecure.length > 0
      ? { "insecure-registries": [...new Set(insecure.map(({ url }) => hostOf(url)))] }
      : {}),
    "registry-mirrors": endpoints.map(({ url }) => new URL(url).origin),
  };
  return [
    { path: DAEMON_JSON, content: `${JSON.stringify(config, undefined, 2)}\n` },
    ...hostCertificates("/etc/docker/certs.d", endpoints),
  ];
}

function isExpressible({ url, mode }: MirrorEndpoint): boolean {
  return mode === "fallback" && new URL(url).pathname === "/";
}
