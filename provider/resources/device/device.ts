/**
 * `armstead_device`: a rented machine. In place: host name, tags, description, user data, custom data, iPXE,
 * lock, billing. By reinstalling, when asked for: the operating system. All else replaces the machine.
 */
import type { Resource } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import { Held } from "../held";
import { markSeen, type Retag } from "../marks";
import { argumentsOf } from "./arguments";
import { createDevice } from "./create";
import { deleteDevice } from "./delete";
import { fromApi } from "./from-api";
import { importDevice } from "./import";
import type { DeviceModel } from "./model";
import { planDevice } from "./plan";
import { DEVICE_SCHEMA } from "./schema";
import { updateDevice } from "./update";
import { validateDevice } from "./validate";

const MINUTE = 60_000;

/** Makes the resource. */
export function deviceResource(
  environment: ResourceEnvironment,
): Resource<ProviderClient, DeviceModel> {
  const held = new Held();
  return {
    type: "armstead_device",
    doc: "A rented machine, created and waited for until it is active and answers by SSH.",
    schema: DEVICE_SCHEMA,
    timeLimits: {
      create: 30 * MINUTE,
      read: 5 * MINUTE,
      update: 30 * MINUTE,
      delete: 30 * MINUTE,
    },
    validate: validateDevice,
    modifyPlan: planDevice,
    create: (context, plan) => createDevice({ ...environment, held }, context, argumentsOf(plan)),
    async read({ client: { api }, signal }, state) {
      const device = await api.tryGetDevice(state.id, state.project_id, { signal });
      if (!device) return undefined;
      const retag: Retag = (tags, options) => api.updateDevice(device.id, { tags }, options);
      await markSeen(device, retag, { signal });
      return fromApi(device, state);
    },
    update: (context, plan, state) => updateDevice(environment, context, argumentsOf(plan), state),
    async delete({ client: { api }, signal }, state) {
      const { id, hostname, project_id: projectId } = state;
      const flags = { force: state.force_delete === true };
      await deleteDevice({ ...environment, api }, { id, hostname, projectId }, flags, { signal });
      held.release(id);
    },
    importState: (context, id) => importDevice(environment, context, id),
  };
}
