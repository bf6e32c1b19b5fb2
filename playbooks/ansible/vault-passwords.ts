/** Passwords of vaults for a real ansible-playbook: files of the run's folder that nobody else can read. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { VaultPassword } from "../vault/vault";

/**
 * Writes the files.
 * @param folder - private to the run
 * @returns what `--vault-id` takes, `LABEL@FILE`, in the order given
 */
export function writeVaultPasswords(
  folder: string,
  passwords: readonly VaultPassword[],
): readonly string[] {
  return passwords.map(({ id = "default", password }, n) => {
    const file = path.join(folder, `vault-password-${n}`);
    writeFileSync(file, `${password.reveal()}\n`, { mode: 0o600 });
    return `${id}@${file}`;
  });
}
