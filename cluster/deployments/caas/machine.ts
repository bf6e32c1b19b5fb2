/**
 * Machines as a discovery client finds them when they first boot, and roles that they are given. Source:
 * JulienBalestra/enjoliver (the successor of CoreOS as a Service), discoveryC/ and app/model.py.
 */

/** Roles of machines. */
export const CAAS_ROLES = ["control-plane", "etcd-member", "etcd-proxy", "worker"] as const;
/** `worker`: what upstream calls kubernetes-node; `control-plane`: kubernetes-control-plane. */
export type CaasRole = (typeof CAAS_ROLES)[number];

/** A network interface with an address. */
export interface MachineInterface {
  /** `eth0`. */
  readonly name: string;
  /** Lower-case, with colons. */
  readonly mac: string;
  readonly ipv4: string;
  /** Bits of the network. */
  readonly netmask: number;
  readonly gateway?: string | undefined;
}

/** A disk. */
export interface MachineDisk {
  /** `/dev/sda`. */
  readonly path: string;
  readonly bytes: number;
}

/** A discovered machine. */
export interface Machine {
  /** Of the interface that it booted from: what machines are told apart by. */
  readonly mac: string;
  readonly uuid: string;
  /** The interface that it booted from. */
  readonly boot: MachineInterface;
  /** All interfaces, sorted by name. */
  readonly interfaces: readonly MachineInterface[];
  /** Sorted by path. */
  readonly disks: readonly MachineDisk[];
}

/** The spelling of a MAC address that machines are compared by. */
export function normalizeMac(mac: string): string {
  return mac.toLowerCase().replaceAll("-", ":");
}
