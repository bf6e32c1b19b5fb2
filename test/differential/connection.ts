/** How both sides reach the machine: variables of every host. */
import type { NamespacedHost } from "../support/namespaced-host";

/** Ansible's variables of a connection. */
export function connectionOf({ address, port, user }: NamespacedHost) {
  return { ansible_host: address, ansible_port: port, ansible_user: user };
}
