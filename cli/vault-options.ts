/** Passwords of vaults that a command line or its environment names. */
import { readEnvironmentPasswords, readPasswordFiles } from "../playbooks/vault/password-files";
import { Vault } from "../playbooks/playbooks";
import type { Surroundings } from "./context";

/**
 * What opens vaults: files that are named, else that of ANSIBLE_VAULT_PASSWORD_FILE, else nothing.
 * @throws UserFault AS1417
 */
export function readVault(
  files: readonly string[],
  place: Pick<Surroundings, "folder" | "environment">,
): Vault {
  return new Vault(
    files.length > 0 ? readPasswordFiles(files, place) : readEnvironmentPasswords(place),
  );
}
