/** Changes of a device that leave a trace: every state it takes shows in its event log. */
import { randomUUID } from "node:crypto";
import { Bug } from "../../core/faults";
import { type LabContext, timestamp } from "../context";
import type { DeviceRecord, DeviceState, EventRecord } from "../store/records";
import { maySwitch } from "./device-states";
import { reachStep, type StepNumber } from "./provisioning-steps";

/** Something to be written down. */
export interface Note {
  /** Such as `power_off`, `provisioning.101`, `user.1007`. */
  readonly type: string;
  readonly body: string;
  /** @default - the device's state */
  readonly state?: string;
}

/** Adds an event to a device's log. */
export function addEvent(context: LabContext, device: DeviceRecord, note: Note): EventRecord {
  const event = context.store.events.put({
    id: randomUUID(),
    deviceId: device.id,
    projectId: device.projectId,
    type: note.type,
    body: note.body,
    state: note.state ?? device.state,
    ip: device.address,
    createdAt: timestamp(context.clock),
  });
  context.log("device.event", { device: device.id, hostname: device.hostname, ...note });
  return event;
}

/**
 * Puts a device into a state and writes it down.
 * @param changes - further fields to change in the same step
 */
export function switchState(
  context: LabContext,
  id: string,
  state: DeviceState,
  note: Note,
  changes: Partial<DeviceRecord> = {},
): DeviceRecord {
  const { store, clock } = context;
  const { state: from } = store.devices.get(id);
  if (!maySwitch(from, state)) throw new Bug(`device ${id} cannot go from ${from} to ${state}`);
  const device = store.devices.update(id, { ...changes, state, updatedAt: timestamp(clock) });
  addEvent(context, device, note);
  return device;
}

/** Reaches steps of the provisioning plan, in order; those reached before are left as they are. */
export function reachSteps(
  context: LabContext,
  id: string,
  numbers: readonly StepNumber[],
  bodies: Partial<Record<StepNumber, string>> = {},
): DeviceRecord {
  return numbers.reduce(
    (device, number) => reachOne(context, device, `provisioning.${number}`, bodies[number]),
    context.store.devices.get(id),
  );
}

/** Reaches one step by its type, as a machine may tell by itself. */
export function reachOne(
  context: LabContext,
  device: DeviceRecord,
  type: string,
  body?: string,
): DeviceRecord {
  const step = device.steps.find((it) => it.type === type);
  if (step?.id !== null) return device;
  const event = addEvent(context, device, { type, body: body ?? step.body });
  const reached = { id: event.id, at: event.createdAt, body: event.body };
  return context.store.devices.update(device.id, { steps: reachStep(device.steps, type, reached) });
}
