/** The closed sets of words that every room shares, and their checks. */

/** Processor architectures, in the words of OCI images. */
export const ARCHITECTURES = ["arm64", "amd64"] as const;
/** An architecture. Armstead deploys arm64; amd64 exists for the process driver of the lab. */
export type Architecture = (typeof ARCHITECTURES)[number];

/** Kernel variants, as in cluster.yaml. */
export const KERNEL_VARIANTS = ["standard", "realtime"] as const;
/** `standard` or `realtime` (PREEMPT_RT): a kind of kernel, not a version. */
export type KernelVariantName = (typeof KERNEL_VARIANTS)[number];

/** Roles of nodes, as in cluster.yaml; deployments may bring more. */
export const NODE_ROLES = [
  "control-plane",
  "worker",
  "storage",
  "controller",
  "etcd-member",
  "etcd-proxy",
] as const;
/** What a node does in the cluster: one of the above, or a word that a deployment brings. */
export type NodeRoleName = (typeof NODE_ROLES)[number] | (string & Record<never, never>);

/** A DNS label: 1 to 63 lower-case letters, digits and inner hyphens, starting with a letter. */
export const DNS_LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
