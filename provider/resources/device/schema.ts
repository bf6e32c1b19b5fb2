/** Schema of `armstead_device`: which change is made in place, which replaces, is decided here and in plan.ts. */
import type { Attribute, Schema } from "../../framework/resource";
import { BASTION_SCHEMA } from "../bastion";
import { sameFolded, sameJson, sameMembers, sameReservation, sameTime } from "./same";

/** Port of sshd, unless `ssh_port` says otherwise. */
export const DEFAULT_SSH_PORT = 22;

const text = (doc: string, more: Partial<Attribute> = {}): Attribute => ({
  type: "string",
  doc,
  ...more,
});
const texts = (doc: string, more: Partial<Attribute> = {}): Attribute => ({
  type: ["list", "string"],
  doc,
  ...more,
});
const flag = (doc: string, standard?: boolean): Attribute => ({
  type: "bool",
  doc,
  optional: true,
  ...(standard === undefined ? {} : { computed: true, default: standard }),
});
const REQUIRED = { required: true } as const;
const OPTIONAL = { optional: true } as const;
const COMPUTED = { computed: true } as const;
const EITHER = { optional: true, computed: true } as const;
const REPLACES = { replaces: true } as const;

/** See the header. */
export const DEVICE_SCHEMA: Schema = {
  id: text("UUID given by the API.", COMPUTED),
  hostname: text(
    "Host name, by which an interrupted create under a claim finds its device again. Two that are made in one run need different ones.",
    REQUIRED,
  ),
  project_id: text("Project that the device is in.", { ...REQUIRED, ...REPLACES }),
  plan: text(
    "Device plan, such as `c3.large.arm64`. A change replaces the device, unless the plan it was made on is the new one or one of `fallback_plans`.",
    REQUIRED,
  ),
  fallback_plans: texts("Device plans to try in this order when the first is sold out.", {
    ...EITHER,
    // They matter to a create only: a device that exists is not changed by them.
    same: () => true,
  }),
  metro: text("Metro code in any case, or `any`.", { ...REQUIRED, ...REPLACES, same: sameFolded }),
  operating_system: text(
    "Slug. A change replaces the device, or reinstalls it when `reinstall.enabled` is true.",
    REQUIRED,
  ),
  tags: texts("Tags; unset leaves them alone.", OPTIONAL),
  description: text("Free text.", OPTIONAL),
  user_data: text("Script or cloud-config. A change takes effect at the next boot or reinstall.", {
    ...OPTIONAL,
  }),
  custom_data: text("JSON object, told to the device by the metadata service.", {
    ...OPTIONAL,
    same: sameJson,
  }),
  always_pxe: flag("Whether each boot goes through iPXE. Default: false.", false),
  ipxe_script_url: text("For `custom_ipxe`: where the boot script is.", OPTIONAL),
  locked: flag("Whether deletion and reinstallation are refused. Default: false.", false),
  billing_cycle: text("Such as `hourly`. Default: the service's.", EITHER),
  termination_time: text("When the service is to delete the device, RFC 3339.", {
    ...OPTIONAL,
    ...REPLACES,
    same: sameTime,
  }),
  hardware_reservation_id: text("UUID of a reservation, or `next-available`.", {
    ...EITHER,
    ...REPLACES,
    same: sameReservation,
  }),
  project_ssh_key_ids: texts(
    "Ids of the project's keys to authorize. With both key lists unset the API authorizes every key that it knows.",
    { ...EITHER, ...REPLACES, same: sameMembers },
  ),
  user_ssh_key_ids: texts("Ids of users whose keys to authorize.", {
    ...EITHER,
    ...REPLACES,
    same: sameMembers,
  }),
  claim_id: text(
    "`armstead_claim` that the device is made under. One that is set is left by replacing the device, since the claim's end is the end of all that is under it.",
    OPTIONAL,
  ),
  force_delete: flag("Whether to delete in spite of attached storage. Default: false.", false),
  reinstall: {
    optional: true,
    doc: "How a change of `operating_system` is made in place.",
    nested: {
      nesting: "single",
      attributes: {
        enabled: flag("Whether to reinstall rather than replace. Default: false."),
        deprovision_fast: flag("Whether to skip the full wipe. Default: false."),
        preserve_data: flag("Whether to keep all disks but the system's. Default: false."),
      },
    },
  },
  ssh_port: {
    type: "number",
    ...EITHER,
    default: DEFAULT_SSH_PORT,
    doc: "Port of the SSH server. Default: 22.",
  },
  bastion: {
    optional: true,
    doc: "Bastion through which SSH is waited for and the host key is pinned. Without `private_key_path` and a key of the environment for bastions, ARMSTEAD_SSH_PRIVATE_KEY, ARMSTEAD_SSH_PRIVATE_KEY_FILE or an SSH agent log in there.",
    nested: { nesting: "single", attributes: BASTION_SCHEMA },
  },
  wait_for_ssh: flag("Whether a device is ready only when SSH answers. Default: true.", true),
  host_keys: texts(
    "SSH host keys, OpenSSH lines. Given: another key is an error. Unset: pinned at first contact, and another key later is an error.",
    EITHER,
  ),
  short_id: text("First part of the id.", COMPUTED),
  state: text("`active` when all is well.", COMPUTED),
  deployed_plan: text("Device plan that the device was made on.", COMPUTED),
  access_public_ipv4: text("Public IPv4 address.", COMPUTED),
  access_private_ipv4: text("Private IPv4 address.", COMPUTED),
  access_public_ipv6: text("Public IPv6 address.", COMPUTED),
  created_at: text("RFC 3339, UTC.", COMPUTED),
};
