/** Variables that hold the password for another user, whichever method takes it. */
export const BECOME_PASSWORDS: readonly string[] = [
  "ansible_become_password",
  "ansible_become_pass",
  "ansible_sudo_pass",
  "ansible_su_pass",
];
