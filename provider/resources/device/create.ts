/** Creates a device: rented, stored at once, active, and answering by SSH with the expected host key. */
import type { Device, MachineApi } from "../../../api/api";
import type { CallOptions } from "../../../core/bounded";
import type { WriteContext } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import { fromApi } from "./from-api";
import { checkHostKeys } from "./host-keys";
import type { DeviceArguments, DeviceModel } from "./model";
import { rentDevice } from "./rent";
import { toChanges } from "./to-api";
import { waitForState, wentDown } from "./wait";

/** See the header. */
export async function createDevice(
  environment: ResourceEnvironment & { readonly held: Set<string> },
  { client: { api }, signal, keep }: WriteContext<ProviderClient, DeviceModel>,
  wanted: DeviceArguments,
): Promise<DeviceModel> {
  const context = { ...environment, api };
  const { device: rented, isTakenOver } = await rentDevice(context, wanted, { signal });
  // From here on Terraform knows the id, whatever happens next.
  keep(fromApi(rented, wanted));
  signal.throwIfAborted();
  if (rented.state === "inactive") throw await wentDown(api, rented);

  const active = await waitForState(context, rented, "active", { signal });
  keep(fromApi(active, wanted));
  const device = isTakenOver ? await conform(api, active, wanted, { signal }) : active;
  const model = fromApi(device, wanted);
  if (wanted.wait_for_ssh !== true) return model;

  const expected = wanted.host_keys ?? [];
  const { ssh_port } = wanted;
  const host_keys = await checkHostKeys(context, device, { ssh_port, expected }, { signal });
  return { ...model, host_keys };
}

/** Brings what can change in place to what is wanted. */
async function conform(
  api: MachineApi,
  device: Device,
  wanted: DeviceArguments,
  options: CallOptions,
): Promise<Device> {
  const changes = toChanges(device, wanted, null);
  if (Object.keys(changes).length === 0) return device;
  return api.updateDevice(device.id, changes, options);
}
