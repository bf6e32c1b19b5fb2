/** Figures of the lab that both sides of a door need. One place, so that they cannot drift apart. */

/** Port of the lab's API on 127.0.0.1, unless `--port` says otherwise. */
export const LAB_API_PORT = 7117;
/** Port of the lab's services for nodes (artifacts, metadata) on 127.0.0.1. */
export const LAB_NODE_PORT = 7118;
/** Every lab machine's sshd listens on this port of its own 127.x.y.z address. */
export const LAB_SSH_PORT = 2222;
/** The name by which lab machines reach the lab's services for nodes. */
export const LAB_HOST_NAME = "lab";
/** The word that stands for the lab's endpoint in cluster.yaml and in the provider. */
export const LAB_ENDPOINT = "lab";
