/**
 * Deletes a device and returns only when it is gone: the deletion accepted, the device unknown by its id,
 * and absent from the project's list. A 403 proves nothing; a lock is told, and the state is kept.
 */
import type { Device } from "../../../api/api";
import { isApiFault } from "../../../api/fault";
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import { nameOf } from "./events";
import type { WaitContext } from "./wait";

/** What is needed of a device to delete it. */
export type DeviceRef = Pick<Device, "id" | "hostname" | "projectId">;

/** @throws ApiFault AS2105 when it is locked, OuterFault AS2123 when it stays in spite of all */
export async function deleteDevice(
  context: WaitContext,
  device: DeviceRef,
  flags: { readonly force?: boolean },
  options: CallOptions,
): Promise<void> {
  await requestDeletion(context, device, flags, options);
  await verifyAbsence(context, device, options);
}

async function requestDeletion(
  context: WaitContext,
  device: DeviceRef,
  flags: { readonly force?: boolean },
  options: CallOptions,
): Promise<void> {
  const { api, sleep } = context;
  for (;;) {
    try {
      await api.deleteDevice(device.id, flags, options);
      return;
    } catch (error) {
      if (isApiFault(error, "AS2102") && (await isGone(context, device, options))) return;
      if (!isApiFault(error, "AS2111")) throw error;
    }
    await sleep(api.pollIntervalMs, options);
  }
}

/** 403 is what some services say of a device that is gone; whether it is, the list tells. */
async function isGone(
  { api }: WaitContext,
  { id, projectId }: DeviceRef,
  options: CallOptions,
): Promise<boolean> {
  return (await api.tryGetDevice(id, projectId, options)) === undefined;
}

async function verifyAbsence(
  { api, sleep }: WaitContext,
  device: DeviceRef,
  options: CallOptions,
): Promise<void> {
  let last: Device | undefined;
  try {
    while ((last = await api.tryGetDevice(device.id, device.projectId, options)) !== undefined) {
      await sleep(api.pollIntervalMs, options);
    }
  } catch (error) {
    const reason: unknown = options.signal?.reason;
    if (last === undefined || !(reason instanceof OuterFault)) throw error;
    const problem = `${nameOf(device)} is still ${last.state} after its deletion`;
    throw new OuterFault("AS2123", { problem }, { cause: reason });
  }
}
