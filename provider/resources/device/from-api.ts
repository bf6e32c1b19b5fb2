/**
 * API → Terraform. What the user never set is not shown, so that the API's defaults are no drift; what the
 * API cannot be asked for comes from state or plan. Pure.
 */
import type { Device } from "../../../api/api";
import { claimOf, importedTags, shownTags } from "../claim-tags";
import { addressesOf } from "./addresses";
import type { DeviceArguments, DeviceModel } from "./model";

/** `any` asks for any metro; what was given then is not told back. */
export const ANY_METRO = "any";

/** The device as it is now. */
export function fromApi(device: Device, before: DeviceArguments): DeviceModel {
  return {
    ...argumentsOnly(before),
    id: device.id,
    hostname: device.hostname,
    metro: before.metro === ANY_METRO ? ANY_METRO : (device.metro ?? before.metro),
    operating_system: device.operatingSystem,
    tags: shownTags(before.tags, device.tags),
    description: shown(before.description, device.description),
    user_data: shown(before.user_data, device.userdata),
    custom_data: shown(before.custom_data, JSON.stringify(device.customdata)),
    always_pxe: device.alwaysPxe,
    ipxe_script_url: shown(before.ipxe_script_url, device.ipxeScriptUrl),
    locked: device.locked,
    billing_cycle: device.billingCycle === "" ? before.billing_cycle : device.billingCycle,
    termination_time: shownTime(before.termination_time, device.terminationTime),
    claim_id: claimOf(device.tags),
    short_id: device.shortId,
    state: device.state,
    deployed_plan: device.plan,
    ...addressesOf(device),
    created_at: device.createdAt,
  };
}

/** The device as an import finds it: what it does not have reads as unset. */
export function fromImport(
  device: Device,
  found: Pick<
    DeviceArguments,
    "project_ssh_key_ids" | "user_ssh_key_ids" | "host_keys" | "ssh_port"
  >,
): DeviceModel {
  const custom = JSON.stringify(device.customdata);
  const before: DeviceArguments = {
    ...found,
    hostname: device.hostname,
    project_id: device.projectId ?? "",
    plan: device.plan,
    // Plans to fall back to matter to a create only, and nobody remembers them.
    fallback_plans: [],
    metro: device.metro ?? "",
    operating_system: device.operatingSystem,
    tags: importedTags(device.tags),
    description: device.description === "" ? null : device.description,
    user_data: device.userdata === "" ? null : device.userdata,
    custom_data: custom === "{}" ? null : custom,
    always_pxe: device.alwaysPxe,
    ipxe_script_url: device.ipxeScriptUrl === "" ? null : device.ipxeScriptUrl,
    locked: device.locked,
    billing_cycle: device.billingCycle,
    termination_time: device.terminationTime,
    hardware_reservation_id: device.hardwareReservationId,
    claim_id: claimOf(device.tags),
    force_delete: false,
    reinstall: null,
    bastion: null,
    wait_for_ssh: true,
  };
  return fromApi(device, before);
}

function argumentsOnly(before: DeviceArguments): DeviceArguments {
  return {
    ...before,
    fallback_plans: before.fallback_plans ?? [],
    host_keys: before.host_keys ?? [],
  };
}

function shown(before: string | null, now: string | null): string | null {
  return before === null ? null : (now ?? "");
}

function shownTime(before: string | null, now: string | null): string | null {
  return before === null ? null : now;
}
