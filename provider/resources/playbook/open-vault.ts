/** What opens the vaults of a resource: passwords of its config, else the file that the environment names. */
import type { Environment } from "../../../core/folders";
import { Secret } from "../../../core/secret";
import {
  PASSWORD_FILE_VARIABLE,
  readEnvironmentPasswords,
} from "../../../playbooks/vault/password-files";
import { Vault } from "../../../playbooks/vault/vault";
import type { PlaybookModel } from "./model";

/**
 * Opens with the passwords of the config, when there are any.
 * @param passwords - by label; null outside of an apply, since they are stored nowhere
 * @param environment - its ANSIBLE_VAULT_PASSWORD_FILE is read otherwise
 * @throws UserFault AS1417 when that file cannot be read
 */
export function openVault(
  passwords: Readonly<Record<string, string>> | null | undefined,
  environment: Environment,
): Vault {
  const given = Object.entries(passwords ?? {});
  if (given.length === 0) {
    return new Vault(readEnvironmentPasswords({ folder: process.cwd(), environment }));
  }
  return new Vault(given.map(([id, it]) => ({ id, password: new Secret(it) })));
}

/** Whether playbooks or their files hold anything that ansible-vault encrypted. */
export function hasVaults({
  playbooks,
  files,
}: Pick<PlaybookModel, "playbooks" | "files">): boolean {
  const texts = [...playbooks.map((it) => it.content), ...Object.values(files ?? {})];
  return texts.some((it) => it.includes("$ANSIBLE_VAULT;"));
}

/** Whether the environment names a password. */
export function hasVaultPassword(environment: Environment): boolean {
  return (environment[PASSWORD_FILE_VARIABLE] ?? "") !== "";
}
