/** The way to a device's SSH server: through its bastion, with what logs in there. */
import type { Environment } from "../../../core/folders";
import { Secret } from "../../../core/secret";
import { jumpTarget } from "../../../playbooks/runner/transport/jump-target";
import type { ScanOptions } from "../../../playbooks/runner/transport/scan-host-key";
import { bastionKeyOf, readBastionKeys, toJump } from "../bastion";
import { tryGetLogin } from "../playbook/ssh-login";
import type { DeviceArguments } from "./model";

const NOWHERE = { private_key: null, private_key_path: null };

/**
 * Undefined: straight. Else the bastion's own key, that of the environment for bastions, or what logs in to hosts.
 * @throws UserFault AS1825 when a key cannot be read
 */
export function wayTo(
  { bastion }: Pick<DeviceArguments, "bastion">,
  environment: Environment,
): ScanOptions["through"] {
  if (bastion === null) return undefined;
  const { private_key_path: file } = bastion;
  const own = readBastionKeys([bastion], environment).get(file ?? "") ?? bastionKeyOf(environment);
  const jump = jumpTarget(toJump(bastion));
  const { ARMSTEAD_SSH_PASSPHRASE: text } = environment;
  const passphrase = text ? new Secret(text) : undefined;
  if (own) return { jump, key: own, passphrase };
  return { jump, passphrase, ...tryGetLogin(NOWHERE, environment) };
}
