/** Reads a cluster file with everything that this package brings for it to name. */
import { type LoadedCluster, loadCluster, type LoadOptions } from "../cluster";
import { CATALOGUE } from "../constructs/catalogue";

/**
 * See the header.
 * @param file - path of the cluster file
 * @param options - environment, and the folder that the path counts from
 * @throws UserFault AS12… with every fault and its position
 */
export function readCluster(file: string, options: Omit<LoadOptions, "catalogue">): LoadedCluster {
  return loadCluster(file, { ...options, catalogue: CATALOGUE });
}
