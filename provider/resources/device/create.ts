/** Creates a device: rented, stored at once, active, and answering by SSH with the expected host key. */
import type { WriteContext } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import { fromApi } from "./from-api";
import { checkHostKeys } from "./host-keys";
import type { DeviceArguments, DeviceModel } from "./model";
import { rentDevice } from "./rent";
import { toChanges } from "./to-api";
import { waitForState } from "./wait";

/** See the header. */
export async function createDevice(
  environment: ResourceEnvironment & { readonly held: Set<string> },
  { client: { api }, signal, keep }: WriteContext<ProviderClient, DeviceModel>,
  wanted: DeviceArguments,
): Promise<DeviceModel> {
  const context = { ...environment, api };
  const rented = await rentDevice(context, wanted, { signal });
  // From here on Terraform knows the id, whatever happens next.
  keep(fromApi(rented, wanted));
  signal.throwIfAborted();

  const active = await waitForState(context, rented, "active", { signal });
  keep(fromApi(active, wanted));
  const changes = toChanges(active, wanted, null);
  const device =
    Object.keys(changes).length === 0
      ? active
      : await api.updateDevice(active.id, changes, { signal });
  const model = fromApi(device, wanted);
  if (wanted.wait_for_ssh !== true) return model;

  const expected = wanted.host_keys ?? [];
  const { ssh_port } = wanted;
  const host_keys = await checkHostKeys(context, device, { ssh_port, expected }, { signal });
  return { ...model, host_keys };
}
