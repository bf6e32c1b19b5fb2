/** A site's storage with its defaults, and which hosts have OSDs. Pure. Source: storage pages of docs.starlingx.io, storage API of starlingx/config. */
import type { Personality } from "./configurations";
import type { Site } from "./site";

/** Where volumes come from. */
export type StorageBackend = "none" | "ceph" | "ceph-rook";
/** Models of Rook Ceph. */
export type RookDeployment = "controller" | "dedicated" | "open";

/** Storage with its defaults. */
export interface SettledStorage {
  readonly backend: StorageBackend;
  /** Of Rook Ceph. */
  readonly deployment: RookDeployment;
  readonly replication: number;
  readonly osds: Readonly<Partial<Record<Personality, readonly string[]>>>;
  /** Node of the third monitor. */
  readonly monitor?: string | undefined;
}

/** See the header. */
export function storageOf({
  configuration,
  options,
}: Pick<Site, "configuration" | "options">): SettledStorage {
  const { backend, deployment, replication, osds, monitor } = options.storage ?? {};
  return {
    backend: backend ?? (configuration.storageModel === "storage-nodes" ? "ceph" : "none"),
    deployment: deployment ?? "controller",
    replication: replication ?? configuration.replication[0],
    osds: osds ?? {},
    monitor,
  };
}

/** Personalities whose hosts may have OSDs. */
export function osdHosts(
  { configuration }: Pick<Site, "configuration">,
  { backend, deployment }: Pick<SettledStorage, "backend" | "deployment">,
): readonly Personality[] {
  if (backend === "none") return [];
  if (backend === "ceph") {
    return configuration.storageModel === "storage-nodes" ? ["storage"] : ["controller"];
  }
  if (deployment === "open") return ["controller", "worker"];
  return deployment === "dedicated" ? ["worker"] : ["controller"];
}
