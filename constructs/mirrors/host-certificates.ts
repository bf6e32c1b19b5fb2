/** CA certificates by host, as dockerd, podman, CRI-O and k3s look for them: `<folder>/<host[:port]>/ca.crt`. Pure. */
import type { MirrorEndpoint } from "../../cluster";
import { hostOf } from "../../cluster/mirror-features";
import type { RenderedFile } from "./rendered-file";

/** One file a host: certificates of several endpoints at one host stand behind each other. */
export function hostCertificates(
  folder: string,
  endpoints: readonly MirrorEndpoint[],
): RenderedFile[] {
  const byHost = new Map<string, Set<string>>();
  for (const { url, ca } of endpoints) {
    if (!ca) continue;
    const host = hostOf(url);
    byHost.set(host, (byHost.get(host) ?? new Set()).add(ca.pem));
  }
  return [...byHost].map(([host, pems]) => ({
    path: certificatePath(folder, host),
    content: [...pems].join(""),
  }));
}

/** Where a host's certificates are. */
export function certificatePath(folder: string, host: string): string {
  return `${folder}/${host}/ca.crt`;
}
