/** Codes of Ansible's vault (AS1415…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of vaults. */
export const VAULT_CODES = {
  AS1415: {
    title: "a vault cannot be opened",
    why: "A file or value is encrypted by ansible-vault, and no password that was given opens it. No host was touched.",
    fix: "Give the right password: --vault-password-file FILE or LABEL@FILE, ANSIBLE_VAULT_PASSWORD_FILE, or vault_passwords of armstead_playbook.",
  },
  AS1416: {
    title: "a vault is damaged",
    why: "The text begins like one of ansible-vault, but it is cut off, changed, or in another format than 1.1 and 1.2 with AES256.",
    fix: "Encrypt the file or value anew with ansible-vault; look for lines that were lost or indented differently.",
  },
  AS1417: {
    title: "a vault password cannot be read",
    why: "The file with the password of a vault is missing, empty, or a program that failed.",
    fix: "Name a file whose content is the password, or an executable that prints it.",
  },
} as const satisfies Record<string, CodeEntry>;
