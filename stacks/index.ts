/** The public file of the room: whole stacks. */
export { ClusterStack } from "./cluster-stack";
export { readCluster, type ReadClusterOptions } from "./read-cluster";
