/** Addresses, blocks, ports and virtual networks on the wire. Pure. */
import { tryFindFacilityOf, tryFindMetro } from "../catalogue/locations";
import type { LabContext } from "../context";
import { maskOf } from "../network/cidr";
import { networkType } from "../network/port-states";
import type {
  AssignmentRecord,
  PortRecord,
  ReservationRecord,
  VlanBatchRecord,
  VlanRecord,
} from "../store/records";
import { facilityView, metroView } from "./catalogue-view";
import { ref } from "./href";

/** Address of a device → wire. */
export function assignmentView({ store }: LabContext, it: AssignmentRecord): object {
  const device = store.devices.get(it.deviceId);
  const metro = tryFindMetro(device.metro);
  const bond = store.ports.of(it.deviceId).find((port) => port.kind === "bond");
  return {
    id: it.id,
    address_family: it.family,
    netmask: maskOf(it.family, it.cidr),
    created_at: it.createdAt,
    public: it.public,
    cidr: it.cidr,
    management: it.management,
    manageable: !it.management,
    enabled: true,
    global_ip: false,
    customdata: it.customdata,
    details: it.details,
    tags: it.tags,
    state: "active",
    type: "IPAssignment",
    network: it.network,
    address: it.address,
    gateway: it.gateway,
    metro: metro ? metroView(metro) : null,
    assigned_to: ref("devices", it.deviceId),
    ...(bond ? { interface: ref("ports", bond.id) } : {}),
    parent_block: parentBlock(it, it.reservationId && store.reservations.tryGet(it.reservationId)),
    href: ref("ips", it.id).href,
  };
}

/** Block of a project → wire. A pending one has no address fields. */
export function reservationView(context: LabContext, it: ReservationRecord): object {
  const { store, settings } = context;
  const metro = it.metro === null ? undefined : tryFindMetro(it.metro);
  const facility = metro && tryFindFacilityOf(metro.code);
  const assignments = store.assignments.all().filter((one) => one.reservationId === it.id);
  return {
    id: it.id,
    type: it.type,
    address_family: it.family,
    public: it.type !== "private_ipv4",
    management: it.automatic,
    manageable: !it.automatic,
    enabled: it.state === "created",
    global_ip: it.type === "global_ipv4",
    addon: !it.automatic,
    bill: !it.automatic,
    state: it.state,
    details: it.details,
    customdata: it.customdata,
    tags: it.tags,
    project: ref("projects", it.projectId),
    project_lite: ref("projects", it.projectId),
    requested_by: ref("users", settings().userId),
    metro: metro ? metroView(metro) : null,
    facility: facility ? facilityView(facility) : null,
    assignments: assignments.map((one) => ref("ips", one.id)),
    ...(it.network === null ? {} : addressFields(it, it.network)),
    created_at: it.createdAt,
    href: ref("ips", it.id).href,
  };
}

/** Port → wire. Virtual networks are references until they are included. */
export function portView(context: LabContext, port: PortRecord): object {
  const { store } = context;
  const ports = store.ports.of(port.deviceId);
  const bond = ports.find((it) => it.id === port.bondId);
  const nic = port.kind === "nic";
  return {
    id: port.id,
    name: port.name,
    type: nic ? "NetworkPort" : "NetworkBondPort",
    data: nic ? { mac: port.mac, bonded: port.bonded } : { bonded: port.bonded },
    ...(nic && bond ? { bond: { id: bond.id, name: bond.name } } : {}),
    ...(nic ? {} : { network_type: networkType(ports) }),
    disbond_operation_supported: true,
    virtual_networks: port.vlans.map((it) => ref("virtual-networks", it.vlanId)),
    native_virtual_network:
      port.nativeVlanId === null ? null : ref("virtual-networks", port.nativeVlanId),
    href: ref("ports", port.id).href,
  };
}

/** Virtual network → wire. */
export function vlanView({ store }: LabContext, vlan: VlanRecord): object {
  const metro = tryFindMetro(vlan.metro);
  const users = store.ports.all().filter((port) => port.vlans.some((it) => it.vlanId === vlan.id));
  const devices = [...new Set(users.map((it) => it.deviceId))];
  return {
    id: vlan.id,
    vxlan: vlan.vxlan,
    description: vlan.description,
    tags: vlan.tags,
    metro: metro ? metroView(metro) : null,
    metro_code: vlan.metro,
    facility: null,
    assigned_to: ref("projects", vlan.projectId),
    assigned_to_virtual_circuit: false,
    instances: devices.map((it) => ref("devices", it)),
    metal_gateways: [],
    created_at: vlan.createdAt,
    href: ref("virtual-networks", vlan.id).href,
  };
}

/** An assignment of a virtual network to a port → wire. */
export function portVlanView(
  { store }: LabContext,
  port: PortRecord,
  { id, vlanId, createdAt }: PortRecord["vlans"][number],
): object {
  return {
    id,
    native: port.nativeVlanId === vlanId,
    state: "assigned",
    vlan: store.vlans.get(vlanId).vxlan,
    port: ref("ports", port.id),
    virtual_network: ref("virtual-networks", vlanId),
    created_at: createdAt,
    updated_at: createdAt,
  };
}

/** A batch of VLAN assignments → wire. */
export function vlanBatchView(context: LabContext, batch: VlanBatchRecord): object {
  return {
    id: batch.id,
    state: batch.state,
    quantity: batch.entries.length,
    error_messages: batch.errors,
    port: portView(context, context.store.ports.get(batch.portId)),
    project: ref("projects", batch.projectId),
    vlan_assignments: batch.entries.map(({ id, vlan, state, native }) => {
      const known = context.store.vlans.tryGet(vlan)?.vxlan ?? Number(vlan);
      return { id, state, native, vlan: Number.isInteger(known) ? known : 0 };
    }),
    created_at: batch.createdAt,
    updated_at: batch.updatedAt,
  };
}

function addressFields(it: ReservationRecord, network: string): object {
  return {
    network,
    address: network,
    gateway: network,
    cidr: it.cidr,
    netmask: maskOf(it.family, it.cidr),
    available: `/ips/${it.id}/available`,
  };
}

function parentBlock(it: AssignmentRecord, block: ReservationRecord | "" | undefined): object {
  const network = (block && block.network) ?? it.network;
  const cidr = block ? block.cidr : it.cidr;
  return {
    network,
    cidr,
    netmask: maskOf(it.family, cidr),
    href: ref("ips", block ? block.id : it.id).href,
  };
}
