/** A machine API in memory, written by hand: devices become what their script says, one look at a time. */
import { ApiFault } from "../../api/fault";
import type {
  ApiUser,
  Device,
  DeviceAction,
  DeviceChanges,
  DeviceEvent,
  DeviceInput,
  DevicePlanOffer,
  MachineApi,
  Metro,
  OperatingSystemOffer,
  Project,
  ProjectInput,
  SshKey,
  SshKeyInput,
} from "../../api/api";
import type { CallOptions } from "../../core/bounded";
import type { OuterCode } from "../../core/faults";

/** Project of every test. */
export const PROJECT = "0b1f6d0e-3a55-4f0a-8a10-1c2d3e4f5a6b";

/** Makes the nth id. */
export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** A fault as the client throws it. */
export function apiFault(code: OuterCode, ...messages: string[]): ApiFault {
  return new ApiFault(code, { messages, requestId: "r" });
}

/** A device as the API would show it. */
export function deviceOf(id: string, input: Partial<DeviceInput>, state: string): Device {
  return {
    id,
    shortId: id.slice(0, 8),
    hostname: input.hostname ?? "n1",
    description: input.description ?? null,
    state,
    tags: input.tags ?? [],
    plan: input.plan ?? "c3.large.arm64",
    operatingSystem: input.operatingSystem ?? "debian_13",
    metro: (input.metro ?? "da").toLowerCase(),
    projectId: PROJECT,
    hardwareReservationId: null,
    sshKeyIds: input.projectSshKeyIds ?? [],
    billingCycle: input.billingCycle ?? "hourly",
    userdata: input.userdata ?? "",
    customdata: input.customdata ?? {},
    alwaysPxe: input.alwaysPxe ?? false,
    ipxeScriptUrl: input.ipxeScriptUrl ?? null,
    locked: input.locked ?? false,
    terminationTime: input.terminationTime ?? null,
    createdAt: "2026-01-02T03:04:05Z",
    addresses: [
      { address: "127.1.0.2", family: 4, public: true, management: true, gateway: "", cidr: 31 },
      { address: "10.96.0.1", family: 4, public: false, management: true, gateway: "", cidr: 31 },
    ],
    ports: [],
    provisioningPercentage: undefined,
  };
}

/** Runs before a call; may throw, and may change what is there. */
export type Hook = (...args: readonly unknown[]) => void;

/** See the header. */
export class MemoryApi implements MachineApi {
  readonly pollIntervalMs = 5_000;
  readonly devices = new Map<string, Device>();
  readonly keys = new Map<string, SshKey>();
  readonly projects = new Map<string, Project>();
  /** Names of the calls, in order. */
  readonly calls: string[] = [];
  /** What happens before the next calls of a name: one hook a call. */
  readonly before: Partial<Record<keyof MachineApi, Hook[]>> = {};
  /** States that a device shows at the next looks; then it stays in the last one. */
  readonly script = new Map<string, string[]>();
  /** States that new devices go through. */
  course: readonly string[] = ["queued", "provisioning", "active"];
  events: readonly DeviceEvent[] = [];
  #count = 0;

  /** How often a call was made. */
  countOf(name: keyof MachineApi): number {
    return this.calls.filter((it) => it === name).length;
  }

  /** Puts a device there that nobody asked for. */
  add(input: Partial<DeviceInput>, state = "active"): Device {
    this.#count += 1;
    const device = deviceOf(idOf(this.#count), input, state);
    this.devices.set(device.id, device);
    return device;
  }

  getCurrentUser(options: CallOptions): Promise<ApiUser> {
    return this.#call("getCurrentUser", options, [], () => ({ id: "u", email: "" }));
  }

  createProject(input: ProjectInput, options: CallOptions): Promise<Project> {
    return this.#call("createProject", options, [input], () => {
      this.#count += 1;
      const project: Project = {
        id: idOf(this.#count),
        name: input.name,
        organizationId: input.organizationId ?? "org",
        backendTransferEnabled: false,
        tags: input.tags ?? [],
        createdAt: "2026-01-02T03:04:05Z",
      };
      this.projects.set(project.id, project);
      return project;
    });
  }

  tryGetProject(id: string, options: CallOptions): Promise<Project | undefined> {
    return this.#call("tryGetProject", options, [id], () => this.projects.get(id));
  }

  listProjects({ name }: { readonly name?: string }, options: CallOptions): Promise<Project[]> {
    return this.#call("listProjects", options, [name], () =>
      [...this.projects.values()].filter((it) => name === undefined || it.name === name),
    );
  }

  updateProject(id: string, it: Partial<ProjectInput>, options: CallOptions): Promise<Project> {
    return this.#call("updateProject", options, [id, it], () =>
      changed(this.projects, id, defined(it)),
    );
  }

  ensureProjectAbsent(id: string, options: CallOptions): Promise<void> {
    return this.#call("ensureProjectAbsent", options, [id], () => void this.projects.delete(id));
  }

  createSshKey(
    projectId: string | undefined,
    input: SshKeyInput,
    options: CallOptions,
  ): Promise<SshKey> {
    return this.#call("createSshKey", options, [projectId, input], () => {
      this.#count += 1;
      const kind = projectId === undefined ? "user" : "project";
      const key: SshKey = {
        id: idOf(this.#count),
        label: input.label,
        key: input.key,
        fingerprint: `fp-${input.key.slice(-4)}`,
        tags: input.tags ?? [],
        owner: { kind, id: projectId ?? "u" },
      };
      this.keys.set(key.id, key);
      return key;
    });
  }

  tryGetSshKey(id: string, options: CallOptions): Promise<SshKey | undefined> {
    return this.#call("tryGetSshKey", options, [id], () => this.keys.get(id));
  }

  listSshKeys(projectId: string | undefined, options: CallOptions): Promise<SshKey[]> {
    return this.#call("listSshKeys", options, [projectId], () =>
      [...this.keys.values()].filter(
        ({ owner }) => (owner.kind === "user") === (projectId === undefined),
      ),
    );
  }

  updateSshKey(id: string, it: Partial<SshKeyInput>, options: CallOptions): Promise<SshKey> {
    return this.#call("updateSshKey", options, [id, it], () => changed(this.keys, id, defined(it)));
  }

  ensureSshKeyAbsent(id: string, options: CallOptions): Promise<void> {
    return this.#call("ensureSshKeyAbsent", options, [id], () => void this.keys.delete(id));
  }

  createDevice(projectId: string, input: DeviceInput, options: CallOptions): Promise<Device> {
    return this.#call("createDevice", options, [projectId, input], () => {
      const [state = "active", ...rest] = this.course;
      const device = this.add(input, state);
      this.script.set(device.id, [...rest]);
      return device;
    });
  }

  getDevice(id: string, options: CallOptions): Promise<Device> {
    return this.#call("getDevice", options, [id], () => {
      const device = this.#look(id);
      if (!device) throw apiFault("AS2103", "Not found");
      return device;
    });
  }

  tryGetDevice(
    id: string,
    projectId: string | undefined,
    options: CallOptions,
  ): Promise<Device | undefined> {
    return this.#call("tryGetDevice", options, [id, projectId], () => this.#look(id));
  }

  listDevices(
    projectId: string,
    filter: { readonly tag?: string; readonly hostname?: string },
    options: CallOptions,
  ): Promise<Device[]> {
    return this.#call("listDevices", options, [projectId, filter], () =>
      [...this.devices.values()].filter(
        ({ tags, hostname }) =>
          (filter.tag === undefined || tags.includes(filter.tag)) &&
          (filter.hostname === undefined || hostname === filter.hostname),
      ),
    );
  }

  updateDevice(id: string, changes: DeviceChanges, options: CallOptions): Promise<Device> {
    return this.#call("updateDevice", options, [id, changes], () =>
      changed(this.devices, id, defined(changes)),
    );
  }

  actOnDevice(id: string, action: DeviceAction, options: CallOptions): Promise<void> {
    return this.#call("actOnDevice", options, [id, action], () => {
      if (action.type === "reinstall") {
        const { operatingSystem } = action;
        changed(this.devices, id, { operatingSystem, state: "reinstalling" });
        this.script.set(id, ["reinstalling", "active"]);
      }
      if (action.type === "power_on") {
        changed(this.devices, id, { state: "powering_on" });
        this.script.set(id, ["powering_on", "active"]);
      }
    });
  }

  listDeviceEvents(id: string, options: CallOptions): Promise<DeviceEvent[]> {
    return this.#call("listDeviceEvents", options, [id], () => [...this.events]);
  }

  deleteDevice(
    id: string,
    flags: { readonly force?: boolean },
    options: CallOptions,
  ): Promise<boolean> {
    return this.#call("deleteDevice", options, [id, flags], () => this.devices.delete(id));
  }

  listPlans(
    { slug }: { readonly slug?: string },
    options: CallOptions,
  ): Promise<DevicePlanOffer[]> {
    return this.#call("listPlans", options, [slug], () => [...this.plans]);
  }

  listOperatingSystems(options: CallOptions): Promise<OperatingSystemOffer[]> {
    return this.#call("listOperatingSystems", options, [], () => [...this.systems]);
  }

  listMetros(options: CallOptions): Promise<Metro[]> {
    return this.#call("listMetros", options, [], () => [...this.metros]);
  }

  checkCapacity(servers: readonly unknown[], options: CallOptions): Promise<boolean[]> {
    return this.#call("checkCapacity", options, [servers], () => servers.map(() => true));
  }

  plans: readonly DevicePlanOffer[] = [];
  systems: readonly OperatingSystemOffer[] = [];
  metros: readonly Metro[] = [];

  #look(id: string): Device | undefined {
    const state = this.script.get(id)?.shift();
    return state === undefined || !this.devices.has(id)
      ? this.devices.get(id)
      : changed(this.devices, id, { state });
  }

  async #call<T>(
    name: keyof MachineApi,
    { signal }: CallOptions,
    args: readonly unknown[],
    work: () => T,
  ): Promise<T> {
    await Promise.resolve();
    signal?.throwIfAborted();
    this.calls.push(name);
    this.before[name]?.shift()?.(...args);
    return work();
  }
}

function changed<T extends object>(all: Map<string, T>, id: string, changes: object): T {
  const now = all.get(id);
  if (!now) throw apiFault("AS2103", "Not found");
  const next = { ...now, ...changes };
  all.set(id, next);
  return next;
}

function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
