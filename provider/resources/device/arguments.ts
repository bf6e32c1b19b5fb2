/** From a plan, in which only what the API decides is unknown, to plain arguments. Pure. */
import type { Partially } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import type { BastionModel } from "../bastion";
import { known, knownList } from "../known";
import type { DeviceArguments, DeviceModel, ReinstallModel } from "./model";

/** The arguments of a plan at apply time. */
export function argumentsOf(plan: Partially<DeviceModel>): DeviceArguments {
  return {
    hostname: known(plan.hostname) ?? "",
    project_id: known(plan.project_id) ?? "",
    plan: known(plan.plan) ?? "",
    fallback_plans: knownList(plan.fallback_plans) ?? [],
    metro: known(plan.metro) ?? "",
    operating_system: known(plan.operating_system) ?? "",
    tags: knownList(plan.tags),
    description: known(plan.description),
    user_data: known(plan.user_data),
    custom_data: known(plan.custom_data),
    always_pxe: known(plan.always_pxe),
    ipxe_script_url: known(plan.ipxe_script_url),
    locked: known(plan.locked),
    billing_cycle: known(plan.billing_cycle),
    termination_time: known(plan.termination_time),
    hardware_reservation_id: known(plan.hardware_reservation_id),
    project_ssh_key_ids: knownList(plan.project_ssh_key_ids),
    user_ssh_key_ids: knownList(plan.user_ssh_key_ids),
    claim_id: known(plan.claim_id),
    force_delete: known(plan.force_delete),
    reinstall: reinstallOf(plan.reinstall),
    ssh_port: known(plan.ssh_port),
    bastion: bastionOf(plan.bastion),
    wait_for_ssh: known(plan.wait_for_ssh),
    host_keys: knownList(plan.host_keys),
  };
}

/** The block, unknown parts as unset. */
export function reinstallOf(block: Partially<DeviceModel>["reinstall"]): ReinstallModel | null {
  if (block === null || block instanceof Unknown) return null;
  return {
    enabled: known(block.enabled),
    deprovision_fast: known(block.deprovision_fast),
    preserve_data: known(block.preserve_data),
  };
}

/** In an apply all of it is known. */
function bastionOf(block: Partially<DeviceModel>["bastion"]): BastionModel | null {
  return block === null || isUnknownInside(block) ? null : (block as BastionModel);
}
