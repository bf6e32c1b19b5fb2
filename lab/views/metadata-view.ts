/** What a machine learns about itself (contract 7.1): the JSON of the service. Pure. */
import { LAB_HOST_NAME } from "../../core/lab-defaults";
import { tryFindPlan } from "../catalogue/plans";
import { tryFindSystem } from "../catalogue/systems";
import type { LabContext } from "../context";
import { maskOf } from "../network/cidr";
import type { AssignmentRecord, DeviceRecord } from "../store/records";

/** Path below which a machine that shares the host's address finds its own services. */
export function machinePath(deviceId: string): string {
  return `/machines/${deviceId}`;
}

/** The JSON of `GET /metadata`. */
export function metadataView(context: LabContext, device: DeviceRecord): object {
  const plan = tryFindPlan(device.plan);
  const system = tryFindSystem(device.system);
  const base = `http://${LAB_HOST_NAME}:${context.settings().nodePort}${machinePath(device.id)}`;
  return {
    id: device.id,
    hostname: device.hostname,
    iqn: iqnOf(device),
    operating_system: {
      slug: device.system,
      distro: system?.distro ?? "",
      version: system?.version ?? "",
      license_activation: { state: "unlicensed" },
      image_tag: null,
    },
    plan: device.plan,
    class: plan?.class ?? device.plan,
    reserved: false,
    facility: device.facility,
    metro: device.metro,
    private_subnets: ["10.0.0.0/8"],
    tags: device.tags,
    ssh_keys: device.authorizedKeys,
    customdata: device.customdata,
    specs: plan?.specs ?? {},
    switch_short_id: device.id.slice(0, 8),
    storage: {},
    volumes: [],
    state: device.state,
    spot: {},
    network: networkOf(context, device),
    api_url: base,
    phone_home_url: `${base}/phone-home`,
    user_state_url: `${base}/events`,
  };
}

/** The same as the API tells it, where its schema has the network in another shape. */
export function apiMetadataView(context: LabContext, device: DeviceRecord): object {
  const { bonding, interfaces } = networkOf(context, device);
  const addresses = context.store.assignments.of(device.id).map((it) => it.address);
  const network = { addresses, interfaces, network: { bonding } };
  return { ...metadataView(context, device), network };
}

/** Name of the device among storage targets; part of every answer of the service. */
export function iqnOf({ id, createdAt }: DeviceRecord): string {
  return `iqn.${createdAt.slice(0, 7)}.invalid.armstead:device.${id.slice(0, 8)}`;
}

interface Network {
  readonly bonding: object;
  readonly interfaces: readonly object[];
  readonly addresses: readonly object[];
  readonly metal_gateways: readonly object[];
}

function networkOf({ store }: LabContext, device: DeviceRecord): Network {
  const ports = store.ports.of(device.id);
  const bond = ports.find((it) => it.kind === "bond");
  const interfaces = ports
    .filter((it) => it.kind === "nic")
    .map(({ name, mac }) => ({ name, mac, bond: bond?.name ?? null }));
  return {
    bonding: { mode: 4, link_aggregation: "bonded", mac: bond?.mac ?? "" },
    interfaces,
    addresses: store.assignments.of(device.id).map(addressOf),
    metal_gateways: [],
  };
}

function addressOf(it: AssignmentRecord): object {
  const netmask = maskOf(it.family, it.cidr);
  return {
    id: it.id,
    address_family: it.family,
    netmask,
    created_at: it.createdAt,
    public: it.public,
    cidr: it.cidr,
    management: it.management,
    enabled: true,
    network: it.network,
    address: it.address,
    gateway: it.gateway,
    parent_block: {
      network: it.network,
      netmask,
      cidr: it.cidr,
      href: `/ips/${it.reservationId ?? it.id}`,
    },
  };
}
