/** Devices as the API spells them. Unknown keys, states and enum texts pass; only id and state must be there. */
import { z } from "zod";
import type { Device, DeviceAddress, DeviceChanges, DeviceInput, DevicePort } from "../api";
import { hrefWire, idOfHref, optionalText, textList } from "./href";

const addressWire = z.object({
  address: z.string(),
  address_family: z.number(),
  public: z.boolean().nullish(),
  management: z.boolean().nullish(),
  gateway: optionalText,
  cidr: z.number().nullish(),
});

const portWire = z.object({
  id: z.string(),
  name: optionalText,
  type: optionalText,
  network_type: optionalText,
  data: z.object({ mac: optionalText }).nullish(),
});

const sluggedWire = z.object({ slug: optionalText, href: optionalText, id: optionalText });
const metroWire = z.object({ code: optionalText });

/** Checked, not copied: a copy would lose the key `__proto__`, which is a user's as any other. */
function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A device on the wire. */
export const deviceWire = z.object({
  id: z.string().min(1),
  short_id: optionalText,
  hostname: optionalText,
  description: optionalText,
  state: z.string(),
  tags: textList,
  plan: sluggedWire.nullish(),
  operating_system: sluggedWire.nullish(),
  metro: metroWire.nullish(),
  facility: z.object({ metro: metroWire.nullish() }).nullish(),
  project: hrefWire.nullish().catch(undefined),
  project_lite: hrefWire.nullish().catch(undefined),
  hardware_reservation: hrefWire.nullish().catch(undefined),
  ssh_keys: z.array(hrefWire).nullish().catch(undefined),
  billing_cycle: optionalText,
  userdata: optionalText,
  customdata: z.custom<Readonly<Record<string, unknown>>>(isObject).nullish().catch(undefined),
  always_pxe: z.boolean().nullish(),
  ipxe_script_url: optionalText,
  locked: z.boolean().nullish(),
  termination_time: optionalText,
  created_at: optionalText,
  ip_addresses: z.array(addressWire).nullish().catch(undefined),
  network_ports: z.array(portWire).nullish().catch(undefined),
  provisioning_percentage: z.number().nullish().catch(undefined),
});

/** See {@link deviceWire}. */
export type DeviceWire = z.output<typeof deviceWire>;

/** Wire → ours. */
export function deviceFromWire(wire: DeviceWire): Device {
  const project = wire.project ?? wire.project_lite;
  return {
    id: wire.id,
    shortId: wire.short_id ?? wire.id.slice(0, 8),
    hostname: wire.hostname ?? "",
    description: wire.description ?? null,
    state: wire.state,
    tags: wire.tags,
    plan: slugOf(wire.plan),
    operatingSystem: slugOf(wire.operating_system),
    metro: (wire.metro?.code ?? wire.facility?.metro?.code)?.toLowerCase(),
    projectId: project ? idOfHref(project.href) : undefined,
    hardwareReservationId: wire.hardware_reservation
      ? idOfHref(wire.hardware_reservation.href)
      : null,
    sshKeyIds: (wire.ssh_keys ?? []).map(({ href }) => idOfHref(href)),
    billingCycle: wire.billing_cycle ?? "",
    userdata: wire.userdata ?? "",
    customdata: wire.customdata ?? {},
    alwaysPxe: wire.always_pxe ?? false,
    ipxeScriptUrl: wire.ipxe_script_url ?? null,
    locked: wire.locked ?? false,
    terminationTime: wire.termination_time ?? null,
    createdAt: wire.created_at ?? "",
    addresses: (wire.ip_addresses ?? []).map(addressFromWire),
    ports: (wire.network_ports ?? []).map(portFromWire),
    provisioningPercentage: wire.provisioning_percentage ?? undefined,
  };
}

function slugOf(it: z.output<typeof sluggedWire> | null | undefined): string {
  return it?.slug ?? it?.id ?? idOfHref(it?.href ?? "");
}

function addressFromWire(wire: z.output<typeof addressWire>): DeviceAddress {
  return {
    address: wire.address,
    family: wire.address_family === 6 ? 6 : 4,
    public: wire.public ?? false,
    management: wire.management ?? false,
    gateway: wire.gateway ?? "",
    cidr: wire.cidr ?? (wire.address_family === 6 ? 128 : 32),
  };
}

function portFromWire(wire: z.output<typeof portWire>): DevicePort {
  return {
    id: wire.id,
    name: wire.name ?? "",
    type: wire.type ?? "",
    mac: wire.data?.mac ?? undefined,
    networkType: wire.network_type ?? undefined,
  };
}

/** Ours → body of an update: only what is given. */
export function deviceChangesToWire(changes: DeviceChanges): Readonly<Record<string, unknown>> {
  return {
    hostname: changes.hostname,
    description: changes.description,
    tags: changes.tags,
    userdata: changes.userdata,
    customdata: changes.customdata,
    always_pxe: changes.alwaysPxe,
    ipxe_script_url: changes.ipxeScriptUrl,
    locked: changes.locked,
    billing_cycle: changes.billingCycle,
  };
}

/** Ours → body of a create. */
export function deviceInputToWire(input: DeviceInput): Readonly<Record<string, unknown>> {
  return {
    ...deviceChangesToWire(input),
    plan: input.plan,
    metro: input.metro,
    operating_system: input.operatingSystem,
    termination_time: input.terminationTime,
    hardware_reservation_id: input.hardwareReservationId,
    project_ssh_keys: input.projectSshKeyIds,
    user_ssh_keys: input.userSshKeyIds,
    no_ssh_keys: input.noSshKeys,
  };
}
