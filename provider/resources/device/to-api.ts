/** Terraform → API. Pure. */
import type { Device, DeviceChanges, DeviceInput } from "../../../api/api";
import { claimTags, isOwnTag, userTags } from "../claim-tags";
import type { DeviceArguments } from "./model";

/** The body of a create for one plan of the ladder. */
export function toInput(
  wanted: DeviceArguments,
  plan: string,
  marks: readonly string[],
): DeviceInput {
  return withoutNulls({
    hostname: wanted.hostname,
    plan,
    metro: wanted.metro,
    operatingSystem: wanted.operating_system,
    tags: [...(wanted.tags ?? []), ...marks],
    description: wanted.description,
    userdata: wanted.user_data,
    customdata: wanted.custom_data === null ? null : toCustomdata(wanted.custom_data),
    alwaysPxe: wanted.always_pxe,
    ipxeScriptUrl: wanted.ipxe_script_url,
    locked: wanted.locked,
    billingCycle: wanted.billing_cycle,
    terminationTime: wanted.termination_time,
    hardwareReservationId: wanted.hardware_reservation_id,
    projectSshKeyIds: wanted.project_ssh_key_ids,
    userSshKeyIds: wanted.user_ssh_key_ids,
  });
}

/**
 * The body of an update: what differs between the device and what is wanted. What the user took
 * back is emptied; what was never set is left alone.
 * @param before - the arguments of the state; null for a device that is taken over
 */
export function toChanges(
  device: Device,
  wanted: DeviceArguments,
  before: DeviceArguments | null,
): DeviceChanges {
  const text = (now: string | null, then: string | null | undefined): string | null =>
    now ?? (then == null ? null : "");
  const custom = text(wanted.custom_data, before?.custom_data);
  const target = withoutNulls({
    hostname: wanted.hostname,
    description: text(wanted.description, before?.description),
    tags: wantedTags(device, wanted, before),
    userdata: text(wanted.user_data, before?.user_data),
    customdata: custom === null ? null : toCustomdata(custom === "" ? "{}" : custom),
    alwaysPxe: wanted.always_pxe,
    ipxeScriptUrl: text(wanted.ipxe_script_url, before?.ipxe_script_url),
    locked: wanted.locked,
    billingCycle: wanted.billing_cycle,
  });
  const current: DeviceChanges = {
    ...device,
    description: device.description ?? "",
    ipxeScriptUrl: device.ipxeScriptUrl ?? "",
  };
  return onlyDifferences(target, current);
}

function wantedTags(
  device: Device,
  { tags, claim_id }: DeviceArguments,
  before: DeviceArguments | null,
): string[] {
  const unmanaged = tags === null && (before?.tags ?? null) === null;
  const own = unmanaged ? userTags(device.tags) : (tags ?? []);
  // What is taken over is in no state yet, and so keeps its marks.
  return [...own, ...(before === null ? device.tags.filter(isOwnTag) : claimTags(claim_id))];
}

/** Custom data is checked to be a JSON object when the configuration is validated. */
function toCustomdata(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Record<string, unknown>;
}

function onlyDifferences(target: DeviceChanges, current: DeviceChanges): DeviceChanges {
  const names = Object.keys(target) as (keyof DeviceChanges)[];
  const differing = names.filter(
    (name) => JSON.stringify(target[name]) !== JSON.stringify(current[name]),
  );
  return Object.fromEntries(differing.map((name) => [name, target[name]]));
}

type WithoutNulls<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>;
};

function withoutNulls<T extends object>(values: T): WithoutNulls<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as WithoutNulls<T>;
}
