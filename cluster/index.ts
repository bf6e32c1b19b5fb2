/** The public file of the room: load cluster files, and their schema. */
export type * from "./config";
export type { Catalogue, DeploymentRules, ImageOffer, Installer, ReleaseOffer } from "./catalogue";
export { loadCluster, type LoadedCluster, type LoadOptions } from "./load";
export { clusterJsonSchema } from "./json-schema";
