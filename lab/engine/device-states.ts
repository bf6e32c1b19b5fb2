/** The state machine of devices (contract 4.1), as tables. Pure. */
import type { DeviceState } from "../store/records";

/** Actions on a device. */
export const ACTIONS = ["power_on", "power_off", "reboot", "rescue", "reinstall"] as const;
/** One of them. */
export type ActionType = (typeof ACTIONS)[number];

/** States from which an action is allowed. */
const ALLOWED: Readonly<Record<ActionType, readonly DeviceState[]>> = {
  power_on: ["inactive"],
  power_off: ["active"],
  reboot: ["active"],
  rescue: ["active", "inactive"],
  reinstall: ["active", "inactive"],
};

/** State right after the action was accepted; undefined leaves it as it is. */
const DURING: Readonly<Record<ActionType, DeviceState | undefined>> = {
  power_on: "powering_on",
  power_off: "powering_off",
  reboot: undefined,
  rescue: undefined,
  reinstall: "reinstalling",
};

/** Every step that a device may take; what is not here is a bug. */
const STEPS: Readonly<Record<DeviceState, readonly DeviceState[]>> = {
  queued: ["provisioning", "failed", "deprovisioning"],
  provisioning: ["active", "failed", "deprovisioning"],
  active: ["powering_off", "inactive", "reinstalling", "deprovisioning"],
  inactive: ["powering_on", "active", "reinstalling", "deprovisioning"],
  powering_on: ["active", "inactive", "deprovisioning"],
  powering_off: ["inactive", "active", "deprovisioning"],
  reinstalling: ["active", "failed", "deprovisioning"],
  failed: ["deprovisioning"],
  deprovisioning: ["deleted", "failed"],
  deleted: [],
};

/** Why an action is refused; undefined when it is allowed. */
export function refuseAction(type: ActionType, state: DeviceState): string | undefined {
  const allowed = ALLOWED[type];
  return allowed.includes(state)
    ? undefined
    : `Device must be ${allowed.join(" or ")} to ${type.replace("_", " ")}`;
}

/** State right after an action was accepted. */
export function stateDuring(type: ActionType, state: DeviceState): DeviceState {
  return DURING[type] ?? state;
}

/** Whether a device may go from one state to another. */
export function maySwitch(from: DeviceState, to: DeviceState): boolean {
  return from === to || STEPS[from].includes(to);
}

/** Why a deletion is refused; undefined when it is allowed. */
export function refuseDelete(device: {
  readonly state: DeviceState;
  readonly locked: boolean;
}): string | undefined {
  if (device.locked) return "Cannot delete a locked item";
  if (device.state === "provisioning") return "Cannot delete a device while it is provisioning";
  return undefined;
}
