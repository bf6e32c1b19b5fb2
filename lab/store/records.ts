/** The rows that the lab keeps, as zod schemas: what is read back from disk is checked by them. */
import { z } from "zod";
import { DEVICE_STATES } from "../../api/api";
import { DRIVER_KINDS } from "../machine-driver";

const tags = z.array(z.string());
/** Whatever object a user sends; z.record would drop names such as `__proto__`. */
export const customdataSchema = z.custom<Readonly<Record<string, unknown>>>(
  (it) => typeof it === "object" && it !== null && !Array.isArray(it),
  "must be an object",
);
/** RFC 3339, seconds precision. */
const time = z.string();

/** The lab's own settings that must outlive a restart. One row. */
export const settingsSchema = z.object({
  id: z.string(),
  userId: z.string(),
  organizationId: z.string(),
  createdAt: time,
  /** The machines' driver: another one could not take them over. */
  driver: z.enum(DRIVER_KINDS),
  /** Pool of public addresses, `127.64.16.0/20`. */
  publicPool: z.string(),
  /** Pool of private addresses, inside the driver's private network. */
  privatePool: z.string(),
  /** First UDP port of the LAN cards. */
  lanBase: z.int(),
  /** Ports that were listened on last; machines know them. */
  apiPort: z.int(),
  nodePort: z.int(),
  switchPort: z.int(),
});

/** A project. */
export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  organizationId: z.string(),
  backendTransfer: z.boolean(),
  customdata: customdataSchema,
  tags,
  type: z.enum(["default", "vmce"]),
  paymentMethodId: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
});

/** An SSH key of a project or of the user. */
export const sshKeySchema = z.object({
  id: z.string(),
  label: z.string(),
  key: z.string(),
  fingerprint: z.string(),
  tags,
  owner: z.object({ kind: z.enum(["project", "user"]), id: z.string() }),
  createdAt: time,
  updatedAt: time,
});

/** An API key. */
export const apiKeySchema = z.object({
  id: z.string(),
  token: z.string(),
  description: z.string(),
  readOnly: z.boolean(),
  /** Undefined for keys of the user. */
  projectId: z.string().optional(),
  createdAt: time,
  updatedAt: time,
});

/** A step of the provisioning plan; `id` and `at` are null until it is reached. */
export const stepSchema = z.object({
  type: z.string(),
  body: z.string(),
  id: z.string().nullable(),
  at: time.nullable(),
});

/** A device. Its ports, addresses and events are rows of their own. */
export const deviceSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  hostname: z.string(),
  description: z.string().nullable(),
  state: z.enum(DEVICE_STATES),
  /** Taken out of the account after a failure: what a reader gets instead. */
  hidden: z.union([z.literal(403), z.literal(404)]).optional(),
  tags,
  /** Slugs and codes of the catalogue. */
  plan: z.string(),
  system: z.string(),
  metro: z.string(),
  facility: z.string(),
  billingCycle: z.string(),
  userdata: z.string(),
  customdata: customdataSchema,
  alwaysPxe: z.boolean(),
  ipxeScriptUrl: z.string().nullable(),
  locked: z.boolean(),
  networkFrozen: z.boolean(),
  spotInstance: z.boolean(),
  terminationTime: time.nullable(),
  sshKeyIds: z.array(z.string()),
  /** OpenSSH lines as they were when the machine was installed. */
  authorizedKeys: z.array(z.string()),
  /** Whether the addresses show: they do once the network is set up. */
  networkReady: z.boolean(),
  /** Powered off together with the lab: the next start powers it on again. */
  resume: z.boolean().optional(),
  /** The machine's own addresses and LAN port, kept for its whole life. */
  address: z.string(),
  privateAddress: z.string(),
  lanPort: z.int(),
  /** The machine's public host key, one OpenSSH line, from its installation on. */
  hostKey: z.string().optional(),
  steps: z.array(stepSchema),
  batchId: z.string().optional(),
  createdAt: time,
  updatedAt: time,
});

/** Something that happened to a device. */
export const eventSchema = z.object({
  id: z.string(),
  deviceId: z.string(),
  projectId: z.string(),
  type: z.string(),
  body: z.string(),
  state: z.string(),
  ip: z.string(),
  createdAt: time,
});

/** A virtual network on a port; the id is that of the assignment. */
const portVlanSchema = z.object({ id: z.string(), vlanId: z.string(), createdAt: time });

/** A network port of a device. */
export const portSchema = z.object({
  id: z.string(),
  deviceId: z.string(),
  name: z.string(),
  kind: z.enum(["bond", "nic"]),
  mac: z.string(),
  /** NICs: the bond they may belong to. Bonds: their own id. */
  bondId: z.string(),
  /** NICs: whether the NIC is in its bond. Bonds: whether any is. */
  bonded: z.boolean(),
  /** Bonds: 3 with management addresses, 2 without. NICs follow their bond. */
  layer: z.union([z.literal(2), z.literal(3)]),
  /** Bonds: layer 2 came by breaking the bond, so that one conversion to layer 2 is still due. */
  broken: z.boolean(),
  vlans: z.array(portVlanSchema),
  nativeVlanId: z.string().nullable(),
});

/** An address on a device. */
export const assignmentSchema = z.object({
  id: z.string(),
  deviceId: z.string(),
  family: z.union([z.literal(4), z.literal(6)]),
  public: z.boolean(),
  management: z.boolean(),
  network: z.string(),
  address: z.string(),
  gateway: z.string(),
  cidr: z.int(),
  /** The project's block that it is from. */
  reservationId: z.string().optional(),
  details: z.string(),
  customdata: customdataSchema,
  tags,
  createdAt: time,
});

/** A block of addresses of a project. */
export const reservationSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  type: z.enum(["global_ipv4", "public_ipv4", "private_ipv4", "public_ipv6"]),
  family: z.union([z.literal(4), z.literal(6)]),
  metro: z.string().nullable(),
  /** Null while pending. */
  network: z.string().nullable(),
  cidr: z.int(),
  state: z.enum(["pending", "created"]),
  /** Made by the lab for a project and metro, not asked for. */
  automatic: z.boolean(),
  details: z.string(),
  comments: z.string(),
  customdata: customdataSchema,
  tags,
  createdAt: time,
});

/** A virtual network (VLAN) of a project in a metro. */
export const vlanSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  metro: z.string(),
  vxlan: z.int(),
  description: z.string().nullable(),
  tags,
  createdAt: time,
});

/** A batch of VLAN assignments on a port. */
export const vlanBatchSchema = z.object({
  id: z.string(),
  portId: z.string(),
  projectId: z.string(),
  state: z.enum(["queued", "in_progress", "completed", "failed"]),
  entries: z.array(
    z.object({
      id: z.string(),
      vlan: z.string(),
      state: z.enum(["assigned", "unassigned"]),
      native: z.boolean(),
    }),
  ),
  errors: z.array(z.string()),
  createdAt: time,
  updatedAt: time,
});

/** A batch of devices. */
export const batchSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  state: z.enum(["queued", "in_progress", "completed", "failed"]),
  quantity: z.int(),
  errors: z.array(z.string()),
  createdAt: time,
  updatedAt: time,
});

/** See {@link settingsSchema}. */
export type SettingsRecord = z.output<typeof settingsSchema>;
/** See {@link projectSchema}. */
export type ProjectRecord = z.output<typeof projectSchema>;
/** See {@link sshKeySchema}. */
export type SshKeyRecord = z.output<typeof sshKeySchema>;
/** See {@link apiKeySchema}. */
export type ApiKeyRecord = z.output<typeof apiKeySchema>;
/** See {@link stepSchema}. */
export type ProvisioningStep = z.output<typeof stepSchema>;
/** See {@link deviceSchema}. */
export type DeviceRecord = z.output<typeof deviceSchema>;
/** One of the ten. */
export type DeviceState = DeviceRecord["state"];
/** See {@link eventSchema}. */
export type EventRecord = z.output<typeof eventSchema>;
/** See {@link portSchema}. */
export type PortRecord = z.output<typeof portSchema>;
/** See {@link assignmentSchema}. */
export type AssignmentRecord = z.output<typeof assignmentSchema>;
/** See {@link reservationSchema}. */
export type ReservationRecord = z.output<typeof reservationSchema>;
/** See {@link vlanSchema}. */
export type VlanRecord = z.output<typeof vlanSchema>;
/** See {@link vlanBatchSchema}. */
export type VlanBatchRecord = z.output<typeof vlanBatchSchema>;
/** See {@link batchSchema}. */
export type BatchRecord = z.output<typeof batchSchema>;
