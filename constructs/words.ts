/** The closed sets of words as constants, for code that prefers them to text. */
import type { KernelVariantName, NodeRoleName } from "../core/names";

/** Kernel variants. A variant says what kind of kernel a node runs, not which version. */
export const KernelVariant = {
  /** The distribution's usual kernel. */
  STANDARD: "standard",
  /** A kernel with PREEMPT_RT; nodes are checked for it. */
  REALTIME: "realtime",
} as const satisfies Record<string, KernelVariantName>;
/** See the constant of the same name. */
export type KernelVariant = KernelVariantName;

/** What nodes do in a cluster. */
export const NodeRole = {
  /** Runs the API of the cluster. */
  CONTROL_PLANE: "control-plane",
  /** Runs the workload. */
  WORKER: "worker",
  /** Keeps data. */
  STORAGE: "storage",
  /** Controls a StarlingX system. */
  CONTROLLER: "controller",
  /** Has a vote in etcd's quorum. */
  ETCD_MEMBER: "etcd-member",
  /** Leads clients to etcd's members. */
  ETCD_PROXY: "etcd-proxy",
} as const satisfies Record<string, NodeRoleName>;
/** See the constant of the same name; deployments may bring more. */
export type NodeRole = NodeRoleName;
