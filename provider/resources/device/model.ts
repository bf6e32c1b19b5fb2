/** `armstead_device` as Terraform sees it. Attribute names are a contract with users. */

import type { BastionModel } from "../bastion";

/** How a change of the operating system is made in place. */
export interface ReinstallModel {
  readonly enabled: boolean | null;
  readonly deprovision_fast: boolean | null;
  readonly preserve_data: boolean | null;
}

/** See the header. */
export interface DeviceModel {
  readonly id: string;
  readonly hostname: string;
  readonly project_id: string;
  readonly plan: string;
  readonly fallback_plans: readonly string[] | null;
  readonly metro: string;
  readonly operating_system: string;
  readonly tags: readonly string[] | null;
  readonly description: string | null;
  readonly user_data: string | null;
  readonly custom_data: string | null;
  readonly always_pxe: boolean | null;
  readonly ipxe_script_url: string | null;
  readonly locked: boolean | null;
  readonly billing_cycle: string | null;
  readonly termination_time: string | null;
  readonly hardware_reservation_id: string | null;
  readonly project_ssh_key_ids: readonly string[] | null;
  readonly user_ssh_key_ids: readonly string[] | null;
  readonly claim_id: string | null;
  readonly force_delete: boolean | null;
  readonly reinstall: ReinstallModel | null;
  readonly ssh_port: number | null;
  readonly bastion: BastionModel | null;
  readonly wait_for_ssh: boolean | null;
  readonly host_keys: readonly string[] | null;
  readonly short_id: string;
  readonly state: string;
  readonly deployed_plan: string;
  readonly access_public_ipv4: string | null;
  readonly access_private_ipv4: string | null;
  readonly access_public_ipv6: string | null;
  readonly created_at: string;
}

/** What a user says, and the API cannot be asked for: it passes from plan to state as it is. */
export type DeviceArguments = Omit<
  DeviceModel,
  | "id"
  | "short_id"
  | "state"
  | "deployed_plan"
  | "access_public_ipv4"
  | "access_private_ipv4"
  | "access_public_ipv6"
  | "created_at"
>;
