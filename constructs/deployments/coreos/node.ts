/** A node of a coreos cluster, as far as what it is told depends on it. */
import type { CoreosFamily } from "../../../cluster/deployments/coreos/families";
import type { CoreosOptions } from "../../../cluster/deployments/coreos/options";
import type { NodeRoleName } from "../../../core/names";

/** See the header. */
export interface CoreosNode {
  readonly cluster: string;
  readonly name: string;
  readonly role: NodeRoleName;
  readonly family: CoreosFamily;
  /** Line of etcd: `3`, `2`, `0.4`. */
  readonly line: string;
  /** Names of all members, sorted. */
  readonly members: readonly string[];
  readonly options: CoreosOptions;
  /** Public keys that may log in, in OpenSSH's format. */
  readonly sshKeys: readonly string[];
}

/** Whether the node is a member of etcd. */
export function isMember({ role }: Pick<CoreosNode, "role">): boolean {
  return role === "etcd-member";
}

/** Members with their addresses, sorted by name; empty when another way is chosen to find them. */
export function memberTable({ options }: Pick<CoreosNode, "options">): [string, string][] {
  return Object.entries(options.etcd.members ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `http://address:port` of all members, with commas between them. */
export function memberUrls(node: Pick<CoreosNode, "options">, port: number): string {
  return memberTable(node)
    .map(([, address]) => `http://${address}:${port}`)
    .join(",");
}

/** `name=http://address:port` of all members, with commas between them. */
export function initialCluster(node: Pick<CoreosNode, "options">, port: number): string {
  return memberTable(node)
    .map(([name, address]) => `${name}=http://${address}:${port}`)
    .join(",");
}
