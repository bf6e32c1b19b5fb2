/** How to log in: the first key found, else the SSH agent. Keys are read here and stored nowhere. */
import { fault, UserFault } from "../../../core/faults";
import type { Environment } from "../../../core/folders";
import { Secret } from "../../../core/secret";
import type { RunOptions } from "../../../playbooks/playbooks";
import { environmentKey } from "../../../playbooks/private-keys";
import { bastionKeyOf, type BastionModel, readBastionKeys, readKey } from "../bastion";

/** What is offered to hosts. */
export type SshLogin = Pick<RunOptions, "key" | "agent" | "passphrase" | "bastionKey" | "keys">;

/** Where keys may be. */
export interface KeyPlaces {
  readonly private_key: string | null;
  readonly private_key_path: string | null;
  /** @default - ARMSTEAD_SSH_PASSPHRASE */
  readonly private_key_passphrase?: string | null;
  /** @default - ARMSTEAD_BASTION_PRIVATE_KEY, ARMSTEAD_BASTION_PRIVATE_KEY_FILE */
  readonly bastion_private_key?: string | null;
  readonly bastion?: BastionModel | null;
  readonly hosts?: Readonly<Record<string, { readonly bastion?: BastionModel | null }>>;
}

/**
 * Finds the key: argument, file, ARMSTEAD_SSH_PRIVATE_KEY, ARMSTEAD_SSH_PRIVATE_KEY_FILE, agent.
 * @returns undefined when there is none of them
 * @throws UserFault AS1825 when a named file cannot be read
 */
export function tryGetLogin(places: KeyPlaces, environment: Environment): SshLogin | undefined {
  const found = findKey(places, environment);
  if (!found) return undefined;
  const { private_key_passphrase: given, bastion_private_key: ofBastions, hosts = {} } = places;
  const passphrase = given ?? environment.ARMSTEAD_SSH_PASSPHRASE;
  const login = { ...found, ...(passphrase ? { passphrase: new Secret(passphrase) } : {}) };
  const bastions = [places.bastion, ...Object.values(hosts).map((it) => it.bastion)];
  const named = bastions.filter((it) => it !== undefined && it !== null);
  if (named.length === 0) return login;
  const bastionKey = ofBastions ? new Secret(ofBastions) : bastionKeyOf(environment);
  const keys = readBastionKeys(named, environment);
  return { ...login, keys, ...(bastionKey === undefined ? {} : { bastionKey }) };
}

function findKey(places: KeyPlaces, environment: Environment): SshLogin | undefined {
  if (places.private_key !== null) return { key: new Secret(places.private_key) };
  if (places.private_key_path !== null) {
    return { key: readKey(places.private_key_path, "private_key_path", environment) };
  }
  const key = environmentKey("hosts", environment, (it) => readKey(it, "", environment));
  if (key) return { key };
  return environment.SSH_AUTH_SOCK ? { agent: environment.SSH_AUTH_SOCK } : undefined;
}

/** @throws UserFault AS1824 when there is no way to log in */
export function getLogin(places: KeyPlaces, environment: Environment): SshLogin {
  const login = tryGetLogin(places, environment);
  if (!login) throw new UserFault([fault("AS1824", "")]);
  return login;
}
