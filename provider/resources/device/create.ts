/** Creates a device: rented, stored at once, active, and answering by SSH with the expected host key. */
import type { Device, MachineApi } from "../../../api/api";
import type { CallOptions } from "../../../core/bounded";
import type { WriteContext } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import type { Held } from "../held";
import { markTold } from "../marks";
import { fromApi } from "./from-api";
import { checkHostKeys } from "./host-keys";
import type { DeviceArguments, DeviceModel } from "./model";
import { rentDevice, type Rented } from "./rent";
import { toChanges } from "./to-api";
import { wayTo } from "./way-to";
import { waitForState, wentDown } from "./wait";

type Context = WriteContext<ProviderClient, DeviceModel>;

/** See the header. */
export async function createDevice(
  environment: ResourceEnvironment & { readonly held: Held },
  context: Context,
  wanted: DeviceArguments,
): Promise<DeviceModel> {
  const { client, signal, keep } = context;
  const { api } = client;
  const rented = await rentDevice({ ...environment, api }, wanted, { signal });
  // From here on Terraform knows the id, whatever happens next.
  let { device } = rented;
  const stepDone = (now: Device): void => {
    device = now;
    keep(fromApi(now, wanted));
  };
  stepDone(device);
  try {
    return await makeReady(environment, { ...context, stepDone }, { wanted, rented });
  } finally {
    const { id } = device;
    await markTold(device, (tags, options) => api.updateDevice(id, { tags }, options), { signal });
  }
}

async function makeReady(
  environment: ResourceEnvironment,
  { client, signal, stepDone }: Context & { readonly stepDone: (now: Device) => void },
  { wanted, rented }: { readonly wanted: DeviceArguments; readonly rented: Rented },
): Promise<DeviceModel> {
  const { api } = client;
  const context = { ...environment, api };
  signal.throwIfAborted();
  if (rented.device.state === "inactive") throw await wentDown(api, rented.device);

  let device = await waitForState(context, rented.device, "active", { signal });
  stepDone(device);
  if (rented.isTakenOver) device = await conform(api, device, wanted, { signal });
  stepDone(device);
  const model = fromApi(device, wanted);
  if (wanted.wait_for_ssh !== true) return model;

  const { ssh_port, host_keys: expected } = wanted;
  const contact = { ssh_port, expected, through: wayTo(wanted, client.environment) };
  const host_keys = await checkHostKeys(context, device, contact, { signal });
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
