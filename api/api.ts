/**
 * The machine API as the rest of the house sees it: our own types in our own spelling.
 * Wire spelling and zod schemas are in `wire/`; the client that implements this is
 * `client.ts`. Contract: Packet → Equinix Metal API (frozen 2026-06-30).
 */
import type { CallOptions } from "../core/bounded";

/** The ten states of a device; a server may invent more, so this is an open set. */
export const DEVICE_STATES = [
  "queued",
  "provisioning",
  "deprovisioning",
  "reinstalling",
  "active",
  "inactive",
  "failed",
  "powering_on",
  "powering_off",
  "deleted",
] as const;

/** A rented machine. */
export interface Device {
  readonly id: string;
  readonly shortId: string;
  readonly hostname: string;
  readonly description: string | null;
  /** One of {@link DEVICE_STATES}, or a word that is newer than this client. */
  readonly state: string;
  readonly tags: readonly string[];
  /** Slug of the device plan. */
  readonly plan: string;
  /** Slug of the operating system. */
  readonly operatingSystem: string;
  /** Lower-case metro code; undefined when the answer held only a reference. */
  readonly metro: string | undefined;
  readonly projectId: string | undefined;
  /** The reservation that the machine stands on; null when rented on demand. */
  readonly hardwareReservationId: string | null;
  /** Keys that the machine was made with, project keys and user keys alike. */
  readonly sshKeyIds: readonly string[];
  readonly billingCycle: string;
  readonly userdata: string;
  readonly customdata: Readonly<Record<string, unknown>>;
  readonly alwaysPxe: boolean;
  readonly ipxeScriptUrl: string | null;
  readonly locked: boolean;
  /** RFC 3339, UTC; null when the device never ends by itself. */
  readonly terminationTime: string | null;
  readonly createdAt: string;
  /** Empty right after the create request; fills while provisioning. */
  readonly addresses: readonly DeviceAddress[];
  readonly ports: readonly DevicePort[];
  /** Present only while provisioning, 0 to 100. */
  readonly provisioningPercentage: number | undefined;
}

/** An address of a device. */
export interface DeviceAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly public: boolean;
  readonly management: boolean;
  readonly gateway: string;
  readonly cidr: number;
}

/** A port of a device. */
export interface DevicePort {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly mac: string | undefined;
  readonly networkType: string | undefined;
}

/** What a new device is to be. */
export interface DeviceInput {
  readonly hostname: string;
  readonly plan: string;
  readonly metro: string;
  readonly operatingSystem: string;
  readonly tags: readonly string[];
  readonly description?: string;
  readonly userdata?: string;
  readonly customdata?: Readonly<Record<string, unknown>>;
  readonly alwaysPxe?: boolean;
  readonly ipxeScriptUrl?: string;
  readonly locked?: boolean;
  readonly billingCycle?: string;
  readonly terminationTime?: string;
  readonly hardwareReservationId?: string;
  /** Ids of project keys. With both lists empty the API authorizes every key it knows. */
  readonly projectSshKeyIds?: readonly string[];
  /** Ids of users (not of keys). */
  readonly userSshKeyIds?: readonly string[];
  readonly noSshKeys?: boolean;
}

/** What can change in place: only the fields given are sent. */
export type DeviceChanges = Partial<
  Pick<
    DeviceInput,
    | "hostname"
    | "description"
    | "tags"
    | "userdata"
    | "customdata"
    | "alwaysPxe"
    | "ipxeScriptUrl"
    | "locked"
    | "billingCycle"
  >
>;

/** An action on a device. */
export type DeviceAction =
  | { readonly type: "power_on" | "power_off" | "reboot" | "rescue" }
  | {
      readonly type: "reinstall";
      /** Always sent: without it the service reinstalls the old one. */
      readonly operatingSystem: string;
      readonly ipxeScriptUrl?: string;
      readonly deprovisionFast?: boolean;
      readonly preserveData?: boolean;
    };

/** Something that happened to a device. */
export interface DeviceEvent {
  readonly id: string | null;
  /** `provisioning.110`, `user.1007`, `power_on`, … */
  readonly type: string;
  readonly body: string;
  readonly state: string | undefined;
  readonly createdAt: string | null;
}

/** An SSH key known to the API. */
export interface SshKey {
  readonly id: string;
  readonly label: string;
  /** One OpenSSH line. */
  readonly key: string;
  /** MD5, colon separated. */
  readonly fingerprint: string;
  readonly tags: readonly string[];
  /** `projects` or `users`, and its id: tells the kind of key. */
  readonly owner: { readonly kind: "project" | "user"; readonly id: string };
}

/** What a new SSH key is to be. */
export interface SshKeyInput {
  readonly label: string;
  readonly key: string;
  readonly tags?: readonly string[];
}

/** A project. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string | undefined;
  readonly backendTransferEnabled: boolean;
  readonly tags: readonly string[];
  readonly createdAt: string;
}

/** What a project is to be; only the fields given are sent in an update. */
export interface ProjectInput {
  /** 1 to 80 characters. */
  readonly name: string;
  readonly organizationId?: string;
  readonly backendTransferEnabled?: boolean;
  readonly tags?: readonly string[];
}

/** A device plan on offer. */
export interface DevicePlanOffer {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly class: string;
  readonly line: string;
  readonly legacy: boolean;
  readonly deploymentTypes: readonly string[];
  /** Metro codes, where the answer expanded them. */
  readonly metros: readonly string[];
  /** Price an hour, in US dollars. */
  readonly pricePerHour: number | undefined;
  /** Total of processors' count, where told. */
  readonly cpus: number | undefined;
  /** Memory, as the API words it (`256GB`). */
  readonly memory: string | undefined;
}

/** An operating system on offer. */
export interface OperatingSystemOffer {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly distro: string;
  readonly version: string;
  /** Slugs of device plans. */
  readonly provisionableOn: readonly string[];
}

/** A metro. */
export interface Metro {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly country: string;
}

/** Whether so many machines of a plan can be had in a metro. */
export interface CapacityCheck {
  readonly metro: string;
  readonly plan: string;
  readonly quantity: number;
}

/** Who the token belongs to. */
export interface ApiUser {
  readonly id: string;
  readonly email: string;
}

/**
 * The typed client. `getX` throws when there is none, `tryGetX` gives undefined,
 * `ensureXAbsent` is content when it is gone already. Reads, updates and deletes are
 * retried; creates and `reinstall` are not, since a repeat would make a second one.
 * A lost answer to a create throws OuterFault AS2003: look up by tag before anything else.
 */
export interface MachineApi {
  /** Milliseconds between two looks at an object that is waited for: seconds at a real service, less on loopback. */
  readonly pollIntervalMs: number;

  /** Probe: the first call of a run, so that a bad token fails once and clearly. @throws AS2101 */
  getCurrentUser(options: CallOptions): Promise<ApiUser>;

  createProject(input: ProjectInput, options: CallOptions): Promise<Project>;
  tryGetProject(id: string, options: CallOptions): Promise<Project | undefined>;
  listProjects(filter: { readonly name?: string }, options: CallOptions): Promise<Project[]>;
  updateProject(id: string, changes: Partial<ProjectInput>, options: CallOptions): Promise<Project>;
  ensureProjectAbsent(id: string, options: CallOptions): Promise<void>;

  /** @param projectId - undefined makes a key of the user */
  createSshKey(
    projectId: string | undefined,
    input: SshKeyInput,
    options: CallOptions,
  ): Promise<SshKey>;
  tryGetSshKey(id: string, options: CallOptions): Promise<SshKey | undefined>;
  /** @param projectId - undefined lists the keys of the user */
  listSshKeys(projectId: string | undefined, options: CallOptions): Promise<SshKey[]>;
  updateSshKey(id: string, changes: Partial<SshKeyInput>, options: CallOptions): Promise<SshKey>;
  ensureSshKeyAbsent(id: string, options: CallOptions): Promise<void>;

  createDevice(projectId: string, input: DeviceInput, options: CallOptions): Promise<Device>;
  getDevice(id: string, options: CallOptions): Promise<Device>;
  /**
   * Undefined only on confirmed absence: a 404, or a 403, counts only when the project's
   * list does not show the device either (or shows it as deprovisioning or deleted).
   */
  tryGetDevice(
    id: string,
    projectId: string | undefined,
    options: CallOptions,
  ): Promise<Device | undefined>;
  /** All pages; devices that are deprovisioning or deleted are left out. */
  listDevices(
    projectId: string,
    filter: { readonly tag?: string; readonly hostname?: string },
    options: CallOptions,
  ): Promise<Device[]>;
  updateDevice(id: string, changes: DeviceChanges, options: CallOptions): Promise<Device>;
  actOnDevice(id: string, action: DeviceAction, options: CallOptions): Promise<void>;
  listDeviceEvents(id: string, options: CallOptions): Promise<DeviceEvent[]>;
  /** Asks for the deletion only: the caller verifies. True when a request was accepted, false when gone already. */
  deleteDevice(
    id: string,
    flags: { readonly force?: boolean },
    options: CallOptions,
  ): Promise<boolean>;

  listPlans(filter: { readonly slug?: string }, options: CallOptions): Promise<DevicePlanOffer[]>;
  listOperatingSystems(options: CallOptions): Promise<OperatingSystemOffer[]>;
  listMetros(options: CallOptions): Promise<Metro[]>;
  /** One answer an entry, in the order asked. */
  checkCapacity(servers: readonly CapacityCheck[], options: CallOptions): Promise<boolean[]>;
}
