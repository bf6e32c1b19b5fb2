/** Calls about devices. Whether a device is gone is decided here, and nowhere else. */
import type { CallOptions } from "../core/bounded";
import type { Device, MachineApi } from "./api";
import { type ApiFault, isApiFault } from "./fault";
import type { Calls } from "./http/calls";
import { type Read, shareReads } from "./http/share-reads";
import { deviceActionToWire, deviceEventFromWire, deviceEventWire } from "./wire/device-action";
import { deviceChangesToWire, deviceFromWire, deviceInputToWire, deviceWire } from "./wire/device";

type DeviceCalls = Pick<
  MachineApi,
  | "createDevice"
  | "getDevice"
  | "tryGetDevice"
  | "listDevices"
  | "updateDevice"
  | "actOnDevice"
  | "listDeviceEvents"
  | "deleteDevice"
>;

/** Expanded in every answer, so that slugs and codes are there whatever the server embeds by itself. */
const INCLUDE = { include: "plan,operating_system,metro" };
const GONE_STATES: ReadonlySet<string> = new Set(["deprovisioning", "deleted"]);
/** Enough for an error's text, and one page. */
const EVENTS_SHOWN = 50;

/** Makes the calls. */
export function createDeviceCalls(calls: Calls): DeviceCalls {
  // A hundred deletions end in a hundred looks at the same list.
  const listProject = shareReads((id, options) => listAll(calls, id, {}, options));
  const api: DeviceCalls = {
    async createDevice(projectId, input, options) {
      const path = ["projects", projectId, "devices"];
      const body = deviceInputToWire(input);
      const request = { method: "POST", path, query: INCLUDE, body } as const;
      return deviceFromWire(await calls.fetchOne(request, deviceWire, options));
    },
    getDevice: (id, options) => getDevice(calls, id, options),
    tryGetDevice: (id, projectId, options) =>
      tryGetDevice({ calls, listProject }, { id, projectId }, options),
    async listDevices(projectId, { tag, hostname }, options) {
      const all = await listAll(calls, projectId, { tag, hostname }, options);
      return all.filter(
        (it) =>
          !GONE_STATES.has(it.state) &&
          // A server may match in part, or ignore a filter that it does not know.
          (tag === undefined || it.tags.includes(tag)) &&
          (hostname === undefined || it.hostname === hostname),
      );
    },
    async updateDevice(id, changes, options) {
      const body = deviceChangesToWire(changes);
      const request = { method: "PUT", path: ["devices", id], query: INCLUDE, body } as const;
      return deviceFromWire(await calls.fetchOne(request, deviceWire, options));
    },
    async actOnDevice(id, action, options) {
      const path = ["devices", id, "actions"];
      await calls.run({ method: "POST", path, body: deviceActionToWire(action) }, options);
    },
    async listDeviceEvents(id, options) {
      const list = { key: "events", schema: deviceEventWire, paged: false };
      const query = { per_page: EVENTS_SHOWN };
      const path = ["devices", id, "events"];
      return (await calls.fetchAll({ path, query, ...list }, options)).map(deviceEventFromWire);
    },
    async deleteDevice(id, { force }, options) {
      const query = { force_delete: force };
      try {
        await calls.run({ method: "DELETE", path: ["devices", id], query }, options);
        return true;
      } catch (error) {
        if (isApiFault(error, "AS2103")) return false;
        throw error;
      }
    },
  };
  return api;
}

async function getDevice(calls: Calls, id: string, options: CallOptions): Promise<Device> {
  const request = { method: "GET", path: ["devices", id], query: INCLUDE } as const;
  return deviceFromWire(await calls.fetchOne(request, deviceWire, options));
}

interface Looks {
  readonly calls: Calls;
  readonly listProject: Read<Device[]>;
}

async function tryGetDevice(
  { calls, listProject }: Looks,
  { id, projectId }: { readonly id: string; readonly projectId: string | undefined },
  options: CallOptions,
): Promise<Device | undefined> {
  try {
    const device = await getDevice(calls, id, options);
    return GONE_STATES.has(device.state) ? undefined : device;
  } catch (error) {
    if (!isApiFault(error, "AS2102", "AS2103")) throw error;
    return findInList(listProject, { id, projectId, error }, options);
  }
}

/** A 404, and more so a 403, is believed only when the project's list agrees. */
async function findInList(
  listProject: Read<Device[]>,
  doubt: { readonly id: string; readonly projectId: string | undefined; readonly error: ApiFault },
  options: CallOptions,
): Promise<Device | undefined> {
  const { id, projectId, error } = doubt;
  if (projectId === undefined) {
    if (error.code === "AS2103") return undefined;
    throw error;
  }
  try {
    const listed = (await listProject(projectId, options)).find((it) => it.id === id);
    return listed && !GONE_STATES.has(listed.state) ? listed : undefined;
  } catch (listError) {
    // The project itself is gone, and with it the device.
    if (isApiFault(listError, "AS2103") && error.code === "AS2103") return undefined;
    throw listError;
  }
}

async function listAll(
  calls: Calls,
  projectId: string,
  filter: { readonly tag?: string | undefined; readonly hostname?: string | undefined },
  options: CallOptions,
): Promise<Device[]> {
  const path = ["projects", projectId, "devices"];
  const query = { ...INCLUDE, ...filter };
  const list = { path, query, key: "devices", schema: deviceWire, paged: true };
  return (await calls.fetchAll(list, options)).map(deviceFromWire);
}
