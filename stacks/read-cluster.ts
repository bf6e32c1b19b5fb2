/** Reads a cluster file with everything that this package brings for it to name. */
import { type LoadedCluster, loadCluster, type LoadOptions } from "../cluster";
import type { AnyDeploymentKind } from "../constructs";
import { catalogueWith } from "../constructs/catalogue";

/** What reading needs beside the file. */
export interface ReadClusterOptions extends Omit<LoadOptions, "catalogue"> {
  /** Kinds of deployments beside those of this package. @default - none */
  readonly deployments?: readonly AnyDeploymentKind[];
}

/**
 * See the header.
 * @param file - path of the cluster file
 * @param options - environment, and the folder that the path counts from
 * @throws UserFault AS12… with every fault and its position, AS1607
 */
export function readCluster(file: string, options: ReadClusterOptions): LoadedCluster {
  const { deployments = [], ...rest } = options;
  return loadCluster(file, { ...rest, catalogue: catalogueWith(deployments) });
}
