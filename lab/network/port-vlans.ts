/** Virtual networks on ports: what may be assigned, taken off or made native (contract 6.3). Pure. */
import type { PortRecord, VlanRecord } from "../store/records";
import { networkType } from "./port-states";

/** A port among the ports of its device. */
export interface PortPlace {
  readonly port: PortRecord;
  readonly ports: readonly PortRecord[];
}

/** Whether a port carries a virtual network. */
export function carries(port: PortRecord, vlan: VlanRecord): boolean {
  return port.vlans.some((it) => it.vlanId === vlan.id);
}

/** Why a virtual network cannot be put on a port; undefined when it can. */
export function refuseAssign({ port }: PortPlace, vlan: VlanRecord): string | undefined {
  if (carries(port, vlan)) return `Virtual network ${vlan.vxlan} already assigned`;
  if (port.kind === "nic" && port.bonded) return `${port.name} is part of a bond`;
  if (port.kind === "bond" && !port.bonded) return `${port.name} is not bonded`;
  return undefined;
}

/** Why a virtual network cannot be taken off a port; undefined when it can. */
export function refuseUnassign({ port }: PortPlace, vlan: VlanRecord): string | undefined {
  return carries(port, vlan) ? undefined : `Virtual network ${vlan.vxlan} not assigned`;
}

/** Why a virtual network cannot become native; undefined when it can. */
export function refuseNative({ port, ports }: PortPlace, vlan: VlanRecord): string | undefined {
  if (!carries(port, vlan)) return `Virtual network ${vlan.vxlan} not assigned`;
  if (port.nativeVlanId === vlan.id) return `Virtual network ${vlan.vxlan} is already native`;
  if (port.kind === "bond" && networkType(ports) === "hybrid-bonded") {
    return "A native virtual network is not supported in hybrid bonded mode";
  }
  if (port.vlans.length < 2) {
    return "A native virtual network needs at least two virtual networks on the port";
  }
  return undefined;
}

/** The port with one more virtual network. */
export function withVlan(
  port: PortRecord,
  vlan: VlanRecord,
  assignment: { readonly id: string; readonly createdAt: string },
): PortRecord {
  return { ...port, vlans: [...port.vlans, { ...assignment, vlanId: vlan.id }] };
}

/** The port without a virtual network; it is not native any more either. */
export function withoutVlan(port: PortRecord, vlan: VlanRecord): PortRecord {
  return {
    ...port,
    vlans: port.vlans.filter((it) => it.vlanId !== vlan.id),
    nativeVlanId: port.nativeVlanId === vlan.id ? null : port.nativeVlanId,
  };
}
