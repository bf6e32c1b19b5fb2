/**
 * Waits for a device's state, and for nothing else: addresses, events and percentages lie or come late.
 * Whatever ends the wait early says id, last state and last events.
 */
import type { Device, MachineApi } from "../../../api/api";
import type { CallOptions, Sleep } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import { lastEvents, nameOf } from "./events";

/** What waiting needs. */
export interface WaitContext {
  readonly api: MachineApi;
  readonly sleep: Sleep;
}

/**
 * Polls until the device is in the wanted state.
 * @throws OuterFault AS2120 when it failed or went down, AS2121 at the deadline, AS2122 when it is gone
 */
export async function waitForState(
  { api, sleep }: WaitContext,
  device: Device,
  wanted: string,
  options: CallOptions,
): Promise<Device> {
  let last = device;
  try {
    while (last.state !== wanted) {
      if (last.state === "failed") throw await failure(api, last);
      await sleep(api.pollIntervalMs, options);
      const next = await api.tryGetDevice(last.id, last.projectId, options);
      if (!next) throw vanished(last);
      // One that was down when the wait began is on its way up; one that goes down stays there.
      if (wanted === "active" && next.state === "inactive" && last.state !== "inactive")
        throw await wentDown(api, next);
      last = next;
    }
    return last;
  } catch (error) {
    const reason: unknown = options.signal?.reason;
    if (error instanceof OuterFault && error !== reason) throw error;
    // Only a deadline is a fault of the device; a stop by the user is none.
    throw reason instanceof OuterFault ? await tooLate(api, last, wanted, reason) : error;
  }
}

async function failure(api: MachineApi, device: Device): Promise<OuterFault> {
  const events = await lastEvents(api, device.id);
  const problem = `${nameOf(device)} failed while it was waited for${events}`;
  return new OuterFault("AS2120", { problem });
}

/** The error for a device that was rented and is off without anybody's asking. */
export async function wentDown(api: MachineApi, device: Device): Promise<OuterFault> {
  const events = await lastEvents(api, device.id);
  const problem = `${nameOf(device)} went down while it was waited for${events}`;
  return new OuterFault("AS2120", { problem });
}

function vanished(device: Device): OuterFault {
  const problem = `${nameOf(device)} is gone; its last state was ${device.state}`;
  return new OuterFault("AS2122", { problem });
}

async function tooLate(
  api: MachineApi,
  device: Device,
  wanted: string,
  cause: OuterFault,
): Promise<OuterFault> {
  const events = await lastEvents(api, device.id);
  const problem = `${nameOf(device)} is ${device.state}, not ${wanted}${events}`;
  return new OuterFault("AS2121", { problem }, { cause });
}
