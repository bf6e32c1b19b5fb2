/** What a request may say of a device: shapes, and the rules that need nothing but the request. Pure. */
import { z } from "zod";
import { IPXE_SLUG } from "../catalogue/systems";
import { tagsSchema } from "../http/body";
import { customdataSchema } from "../store/records";

/** Fields that can also be changed later. */
const changeable = {
  hostname: z.string().optional(),
  description: z.string().nullish(),
  tags: tagsSchema.optional(),
  userdata: z.string().nullish(),
  customdata: customdataSchema.nullish(),
  always_pxe: z.boolean().optional(),
  ipxe_script_url: z.string().nullish(),
  locked: z.boolean().optional(),
  network_frozen: z.boolean().optional(),
  billing_cycle: z.enum(["hourly", "daily", "monthly", "yearly"]).optional(),
};

const addressSchema = z.object({
  address_family: z.union([z.literal(4), z.literal(6)]),
  public: z.boolean().default(true),
  cidr: z.int().optional(),
  ip_reservations: z.array(z.string()).default([]),
});

/** Body of a create request. */
export const deviceCreateSchema = z.object({
  ...changeable,
  plan: z.string().min(1),
  operating_system: z.string().min(1),
  metro: z.string().nullish(),
  facility: z.union([z.string(), z.array(z.string())]).nullish(),
  termination_time: z.string().nullish(),
  hardware_reservation_id: z.string().nullish(),
  ip_addresses: z.array(addressSchema).nullish(),
  public_ipv4_subnet_size: z.int().nullish(),
  private_ipv4_subnet_size: z.int().nullish(),
  project_ssh_keys: z.array(z.string()).default([]),
  user_ssh_keys: z.array(z.string()).default([]),
  ssh_keys: z.array(z.object({ label: z.string().default(""), key: z.string() })).default([]),
  no_ssh_keys: z.boolean().default(false),
  spot_instance: z.boolean().default(false),
  storage: z.unknown().optional(),
});

/** Body of an update request: only the fields given change. */
export const deviceUpdateSchema = z.object({
  ...changeable,
  spot_instance: z.literal(false, "can only be set to false").optional(),
});

/** See {@link deviceCreateSchema}. */
export type DeviceCreate = z.output<typeof deviceCreateSchema>;
/** An address that a device is to have. */
export type AddressWish = z.output<typeof addressSchema>;

const HOSTNAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** Public IPv4, private IPv4, public IPv6. */
const DEFAULT_ADDRESSES: readonly AddressWish[] = [
  { address_family: 4, public: true, ip_reservations: [] },
  { address_family: 4, public: false, ip_reservations: [] },
  { address_family: 6, public: true, ip_reservations: [] },
];

/** What is wrong with a host name; empty when nothing is. */
export function checkHostname(hostname: string | undefined): string[] {
  return hostname === undefined || HOSTNAME.test(hostname)
    ? []
    : ["hostname is invalid: only letters, digits, hyphens and dots are allowed"];
}

/** What is wrong with user data; empty when nothing is. */
export function checkUserdata(userdata: string): string[] {
  const known =
    userdata.trim() === "" ||
    userdata.startsWith("#!") ||
    userdata.startsWith("#cloud-config") ||
    /^(mime-version|content-type):/i.test(userdata) ||
    isIgnition(userdata);
  return known ? [] : ["Userdata unrecognized userdata format"];
}

/** The rules of network boot (contract 5.1), for creation and reinstallation. */
export function checkIpxe(system: string, url: string | null, userdata: string): string[] {
  const script = /^#!i?pxe/i.test(userdata);
  if (system !== IPXE_SLUG) {
    return url === null ? [] : [`ipxe_script_url is only allowed with ${IPXE_SLUG}`];
  }
  if (url !== null && script) return ["ipxe_script_url conflicts with an iPXE script in userdata"];
  if (url === null && !script) {
    return [`${IPXE_SLUG} requires ipxe_script_url or an iPXE script in userdata`];
  }
  return [];
}

/** Addresses that a device is to have, with their defaults. */
export function wishedAddresses(input: DeviceCreate): readonly AddressWish[] {
  const given = input.ip_addresses ?? [];
  return given.length > 0 ? given : DEFAULT_ADDRESSES;
}

/** What is wrong with the addresses; empty when nothing is. */
export function checkAddresses(wishes: readonly AddressWish[]): string[] {
  const errors: string[] = [];
  const ipv4 = wishes.filter((it) => it.address_family === 4);
  if (!ipv4.some((it) => !it.public))
    errors.push("ip_addresses must contain a private IPv4 address");
  if (ipv4.filter((it) => it.public).length > 1) {
    errors.push("ip_addresses may contain only one public IPv4 address");
  }
  for (const { address_family: family, cidr } of wishes) {
    const [low, high] = family === 4 ? [28, 32] : [124, 127];
    if (cidr !== undefined && (cidr < low || cidr > high)) {
      errors.push(`ip_addresses cidr must be from ${low} to ${high} for IPv${family}`);
    }
  }
  return errors;
}

/** Milliseconds since 1970; a time without a zone is UTC. Undefined when the text is no time. */
export function tryParseTime(text: string): number | undefined {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !/\d\d:\d\d/.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned.replace(/^(\d{4}-\d\d-\d\d) /, "$1T"));
  return Number.isNaN(time) ? undefined : time;
}

function isIgnition(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "ignition" in value;
  } catch {
    return false;
  }
}
