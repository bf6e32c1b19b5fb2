/**
 * The API's objects as far as the exam reads them, in wire spelling. The shapes as a whole are
 * checked by the strict decoder; this only lets tests speak of fields by name.
 */
import { z } from "zod";

const text = z.string();
const texts = z.array(text);
/** Absent and null mean the same on the wire. */
const optionalText = text.nullish();

/** A reference, or the object that it stands for when that was included. */
export const reference = z.looseObject({ href: text });

/** An event; `id` and `created_at` are null for a step that is not reached. */
export const event = z.looseObject({
  id: optionalText,
  type: text,
  body: optionalText,
  state: optionalText,
  created_at: optionalText,
});

/** An address of a device. */
export const assignment = z.looseObject({
  id: text,
  href: text,
  address: text,
  network: text,
  gateway: text,
  netmask: text,
  cidr: z.int(),
  address_family: z.int(),
  public: z.boolean(),
  management: z.boolean(),
});

/** A block of addresses; one that is pending has none. */
export const reservation = z.looseObject({
  id: text,
  href: text,
  type: text,
  state: optionalText,
  address: optionalText,
  network: optionalText,
  gateway: optionalText,
  netmask: optionalText,
  cidr: z.int().nullish(),
  assignments: z.array(reference).nullish(),
});

/** A virtual network. */
export const vlan = z.looseObject({
  id: text,
  href: text,
  vxlan: z.int(),
  metro_code: optionalText,
  description: optionalText,
});

/** A network port. */
export const port = z.looseObject({
  id: text,
  name: text,
  type: text,
  network_type: optionalText,
  bond: z.looseObject({ id: text, name: text }).nullish(),
  data: z.looseObject({ mac: optionalText, bonded: z.boolean().optional() }),
  virtual_networks: z.array(z.looseObject({ href: text })).optional(),
  native_virtual_network: z.looseObject({ href: text }).nullish(),
});

/** A device. */
export const device = z.looseObject({
  id: text,
  short_id: text,
  href: text,
  hostname: text,
  description: optionalText,
  state: text,
  tags: texts,
  userdata: text,
  customdata: z.record(text, z.unknown()),
  locked: z.boolean(),
  created_at: text,
  termination_time: optionalText,
  provisioning_percentage: z.number().nullish(),
  sos: optionalText,
  plan: z.looseObject({ slug: text.optional() }),
  operating_system: z.looseObject({ slug: text.optional() }),
  metro: z.looseObject({ code: text.optional() }).nullish(),
  project: reference,
  ip_addresses: z.array(assignment),
  network_ports: z.array(port),
  provisioning_events: z.array(event),
  ssh_keys: z.array(reference),
});

/** A project. */
export const project = z.looseObject({
  id: text,
  href: text,
  name: text,
  created_at: text,
  updated_at: text,
  organization: reference,
  tags: texts.optional(),
  customdata: z.record(text, z.unknown()).optional(),
  backend_transfer_enabled: z.boolean(),
});

/** An SSH key. */
export const sshKey = z.looseObject({
  id: text,
  href: text,
  label: text,
  key: text,
  fingerprint: text,
  entity: reference,
});

/** An API key. */
export const apiKey = z.looseObject({ id: text, token: text });

/** The account behind a token. */
export const user = z.looseObject({ id: text, default_organization_id: text });

/** What every paged list carries. */
export const meta = z.looseObject({
  first: reference,
  last: reference,
  self: reference,
  next: reference.nullable(),
  previous: reference.nullable(),
  total: z.number(),
  current_page: z.number(),
  last_page: z.number(),
});

/** Lists, by the key that holds them. */
export const projects = z.looseObject({ projects: z.array(project), meta });
export const devices = z.looseObject({ devices: z.array(device), meta });
export const events = z.looseObject({ events: z.array(event), meta });
export const sshKeys = z.looseObject({ ssh_keys: z.array(sshKey) });
export const vlans = z.looseObject({ virtual_networks: z.array(vlan) });
export const reservations = z.looseObject({ ip_addresses: z.array(reservation), meta });
export const assignments = z.looseObject({ ip_addresses: z.array(assignment) });

/** See {@link device}. */
export type Device = z.output<typeof device>;
/** See {@link project}. */
export type Project = z.output<typeof project>;
/** See {@link port}. */
export type Port = z.output<typeof port>;
/** See {@link vlan}. */
export type Vlan = z.output<typeof vlan>;
/** See {@link assignment}. */
export type Assignment = z.output<typeof assignment>;
/** See {@link reservation}. */
export type Reservation = z.output<typeof reservation>;
/** See {@link event}. */
export type DeviceEvent = z.output<typeof event>;
