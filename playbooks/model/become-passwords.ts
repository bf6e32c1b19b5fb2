/** Variables that hold the password for another user. Pure. */

/** The ways to become another user. */
export const BECOME_METHODS = ["sudo", "su"] as const;

/** One of them. */
export type BecomeMethod = (typeof BECOME_METHODS)[number];

/** Names of the variables that a method takes its password from: of several that are there, the last. */
export function becomePasswords(method: BecomeMethod): readonly string[] {
  return ["ansible_become_password", "ansible_become_pass", `ansible_${method}_pass`];
}

/** All of them, whichever method takes them. */
export const BECOME_PASSWORDS: readonly string[] = [
  ...new Set(BECOME_METHODS.flatMap(becomePasswords)),
];
