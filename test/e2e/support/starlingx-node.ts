/** What tests ask of nodes with the lab's scripted StarlingX commands, and the passwords that such a cluster is given. */
import { onNode } from "./on-node";
import type { Terraform } from "./terraform";
import type { World } from "./world";

/** Of both accounts. */
export const STARLINGX_PASSWORD = "Li69nux*e2e";

/** Terraform's variables of the passwords, as its environment has them. */
export const STARLINGX_SECRETS = {
  TF_VAR_starlingx_admin_password: STARLINGX_PASSWORD,
  TF_VAR_starlingx_sysadmin_password: STARLINGX_PASSWORD,
};

const STATES = ["hostname", "administrative", "operational", "availability"];
const HOST_LIST = `system host-list ${STATES.map((it) => `--column ${it}`).join(" ")} --format value`;

/** Runs a command of StarlingX on an active controller. @returns its stdout; throws with its words when it refuses */
export function askStarlingx(
  at: { readonly world: World; readonly terraform: Terraform },
  controller: string,
  command: string,
): Promise<string> {
  return onNode(at, controller, ["sh", "-c", `. /etc/platform/openrc; ${command}`]);
}

/** A line a host: its name and its three states. */
export async function hostStates(
  at: { readonly world: World; readonly terraform: Terraform },
  controller: string,
): Promise<string[]> {
  return (await askStarlingx(at, controller, HOST_LIST)).trim().split("\n");
}
