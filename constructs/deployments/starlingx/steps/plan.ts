/** What steps of a site are made from: the site, and the node that they are carried out on. Pure. */
import type { Host, Site } from "../../../../cluster/deployments/starlingx/site";
import type {
  InterfaceOptions,
  PlatformNetwork,
} from "../../../../cluster/deployments/starlingx/options/interfaces";
import { type SettledStorage, storageOf } from "../../../../cluster/deployments/starlingx/storage";

/** See the header. */
export interface SitePlan {
  readonly site: Site;
  readonly storage: SettledStorage;
  /** Node of controller-0, where commands run. */
  readonly on: string;
}

/** The plan of a site; a valid one has a controller. */
export function planOf(site: Site): SitePlan {
  return { site, storage: storageOf(site), on: site.hosts[0]?.node ?? "controller-0" };
}

/** Interfaces of a host: its pool's, else those of its role. */
export function interfacesOf({ options }: Site, host: Host): readonly InterfaceOptions[] {
  return options.interfaces?.[host.pool] ?? options.interfaces?.[host.personality] ?? [];
}

/** The interface of a host that carries a network, under the name that it has there. */
export function interfaceWith(
  site: Site,
  host: Host,
  network: PlatformNetwork,
): string | undefined {
  const found = interfacesOf(site, host).find((it) => it.networks?.includes(network));
  if (found === undefined) return undefined;
  // The network install calls the interface of the management network so.
  const isInstalledBy = host.hostname !== "controller-0" && found.networks?.includes("mgmt");
  return isInstalledBy ? "mgmt0" : found.port;
}

/** MAC address of a host's management port, where the file says it. */
export function macOf({ options }: Site, { node }: Host): string | undefined {
  return options.hosts?.[node]?.mac;
}
