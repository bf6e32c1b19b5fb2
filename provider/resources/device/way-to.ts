/** The way to a device's SSH server: through its bastion, with what logs in there. */
import type { Environment } from "../../../core/folders";
import type { ScanOptions } from "../../../playbooks/runner/transport/scan-host-key";
import { toJump } from "../bastion";
import { tryGetLogin } from "../playbook/ssh-login";
import type { DeviceArguments } from "./model";

/**
 * Undefined: straight.
 * @throws UserFault AS1825 when the bastion's key cannot be read
 */
export function wayTo(
  { bastion }: Pick<DeviceArguments, "bastion">,
  environment: Environment,
): ScanOptions["through"] {
  if (bastion === null) return undefined;
  const none = { private_key: null, private_key_path: bastion.private_key_path, bastion };
  const { key, bastionKey, agent, passphrase } = tryGetLogin(none, environment) ?? {};
  const own = bastion.private_key_path === null ? (bastionKey ?? key) : key;
  const jump = { name: `bastion ${bastion.address}`, ...toJump(bastion) };
  return { jump, key: own, agent, passphrase };
}
