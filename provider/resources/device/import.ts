/** Imports a device by its id: what the API tells, and the host key that the machine shows. */
import type { Device, MachineApi } from "../../../api/api";
import { isApiFault } from "../../../api/fault";
import type { CallOptions } from "../../../core/bounded";
import { fault, type Fault, UserFault } from "../../../core/faults";
import { LAB_SSH_PORT } from "../../../core/lab-defaults";
import type { Context } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import { isUuid } from "../uuid";
import { sshAddressOf } from "./addresses";
import { fromImport } from "./from-api";
import type { DeviceModel } from "./model";
import { DEFAULT_SSH_PORT } from "./schema";

const SCAN_TIMEOUT_MS = 5_000;

/** @returns undefined when there is no such device */
export async function importDevice(
  { scanHostKey }: Pick<ResourceEnvironment, "scanHostKey">,
  context: Context<ProviderClient>,
  id: string,
): Promise<DeviceModel | undefined> {
  const { client, signal } = context;
  const { api } = client;
  if (!isUuid(id)) throw new UserFault([fault("AS1858", "id", { given: id })]);
  const device = await api.tryGetDevice(id, undefined, { signal });
  if (!device) return undefined;
  const [keys, contact] = await Promise.all([
    findKeys(api, device, { signal }),
    findHostKey({ scanHostKey, warn: context.warn.bind(context) }, device, { signal }),
  ]);
  return fromImport(device, { ...keys, ...contact });
}

/** Which keys of the project, and of which users, the device was made with. */
async function findKeys(
  api: MachineApi,
  { projectId, sshKeyIds }: Device,
  options: CallOptions,
): Promise<Pick<DeviceModel, "project_ssh_key_ids" | "user_ssh_key_ids">> {
  const keys = await Promise.all(sshKeyIds.map((id) => tryGetKey(api, id, options)));
  const known = keys.filter((it) => it !== undefined);
  const ofProject = known.filter(({ owner }) => owner.kind === "project" && owner.id === projectId);
  const users = known.filter(({ owner }) => owner.kind === "user").map(({ owner }) => owner.id);
  return {
    project_ssh_key_ids: ofProject.map(({ id }) => id),
    user_ssh_key_ids: [...new Set(users)],
  };
}

/** Keys of other users may be hidden from this token; the import does without them. */
async function tryGetKey(
  api: MachineApi,
  id: string,
  options: CallOptions,
): Promise<Awaited<ReturnType<MachineApi["tryGetSshKey"]>>> {
  try {
    return await api.tryGetSshKey(id, options);
  } catch (error) {
    if (isApiFault(error, "AS2102")) return undefined;
    throw error;
  }
}

interface Warner {
  readonly warn: (it: Fault) => void;
}

async function findHostKey(
  { scanHostKey, warn }: Pick<ResourceEnvironment, "scanHostKey"> & Warner,
  device: Device,
  options: { readonly signal: AbortSignal },
): Promise<Pick<DeviceModel, "host_keys" | "ssh_port">> {
  const address = sshAddressOf(device);
  const isReachable = device.state === "active" && address !== null;
  for (const port of isReachable ? portsOf(address) : []) {
    try {
      const at = { address: address ?? "", port };
      const key = await scanHostKey(at, { ...options, timeout: SCAN_TIMEOUT_MS });
      return { host_keys: [key], ssh_port: port };
    } catch {
      options.signal.throwIfAborted();
    }
  }
  warn(fault("AS1866", "host_keys", { given: device.hostname }));
  return { host_keys: [], ssh_port: DEFAULT_SSH_PORT };
}

/** Nothing tells the port, so the usual ones are tried; machines on loopback are the lab's. */
function portsOf(address: string): number[] {
  return address.startsWith("127.") ? [LAB_SSH_PORT, DEFAULT_SSH_PORT] : [DEFAULT_SSH_PORT];
}
