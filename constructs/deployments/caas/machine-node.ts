/** A scheduled machine, with all that its files are made of. Pure. */
import type { CaasRole, Machine } from "../../../cluster/deployments/caas/machine";
import type { CaasOptions } from "../../../cluster/deployments/caas/options";

/** See the header. */
export interface MachineNode {
  readonly cluster: string;
  readonly machine: Machine;
  readonly roles: readonly CaasRole[];
  /** Members of etcd, sorted by MAC address. */
  readonly members: readonly Machine[];
  /** Control planes, sorted by MAC address. */
  readonly controlPlanes: readonly Machine[];
  readonly options: CaasOptions;
}

/** A machine's name: it follows from its MAC address, so that it stays when others come and go. */
export function nameOf({ mac }: Pick<Machine, "mac">): string {
  return `node-${mac.replaceAll(":", "")}`;
}

/** Number of the machine's part of the containers' network: the last byte of its address. */
export function podPart({ boot }: Pick<Machine, "boot">): number {
  return Number(boot.ipv4.split(".").at(-1));
}

/** The machine's part of the containers' network. */
export function podNetwork(machine: Pick<Machine, "boot">, network: string): string {
  const [a, b] = network.split(".");
  return `${a}.${b}.${podPart(machine)}.0/24`;
}
