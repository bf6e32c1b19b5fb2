/** Nodes of pools as Terraform expressions: what they are is known now, where they are after apply. Pure. */
import type { NodeRoleName } from "../core/names";
import type { Access } from "./access";
import { listExpression, objectExpression, quote } from "./expression";
import type { NodePool } from "./node-pool";

/** Behind a bastion machines may have no public address: the one by which the device is waited for. */
const BEHIND_BASTION =
  "device.access_public_ipv4 == null ? device.access_private_ipv4 : device.access_public_ipv4";

/** A list over the nodes of some roles (none means all), sorted by node name. */
export function mapNodes(
  pools: readonly NodePool[],
  roles: readonly NodeRoleName[],
  item: string,
): string {
  const chosen = pools.filter(({ role }) => roles.length === 0 || roles.includes(role));
  const devices = chosen.map(({ devicesAddress }) => devicesAddress);
  return `[for name, device in merge(${devices.join(", ")}) : ${item}]`;
}

/** A map of what people and scripts want to know of every node. */
export function nodeTable(pools: readonly NodePool[], { user, port }: Access): string {
  return mergePools(pools, ({ role, kernel, node }) => ({
    role: quote(role),
    pool: quote(node.id),
    kernel: quote(kernel),
    address: "device.access_public_ipv4",
    private_address: "device.access_private_ipv4",
    user: quote(user),
    port: String(port),
    host_keys: "device.host_keys",
    device_id: "device.id",
  }));
}

/** The inventory of the cluster's playbooks. */
export function inventory(
  pools: readonly NodePool[],
  { user, port, bastion }: Pick<Access, "user" | "port" | "bastion">,
): string {
  return mergePools(pools, (pool) => ({
    address: bastion ? BEHIND_BASTION : "device.access_public_ipv4",
    port: String(port),
    user: quote(user),
    host_keys: "device.host_keys",
    machine_id: "device.id",
    groups: listExpression(groupsOf(pool).map(quote)),
    vars: objectExpression({
      node_name: "name",
      node_role: quote(pool.role),
      node_pool: quote(pool.node.id),
      node_kernel: quote(pool.kernel),
      ...(pool.tuning === undefined ? {} : { node_tuning: quote(JSON.stringify(pool.tuning)) }),
      node_labels: quote(JSON.stringify(pool.labels)),
      node_public_address: "device.access_public_ipv4",
      node_private_address: "device.access_private_ipv4",
    }),
  }));
}

/** Groups that playbooks address a pool's nodes by: role, pool, `kernel_realtime`. */
export function groupsOf({ role, kernel, node }: NodePool): string[] {
  return [...new Set([role, node.id, `kernel_${kernel}`])];
}

function mergePools(
  pools: readonly NodePool[],
  entry: (pool: NodePool) => Readonly<Record<string, string>>,
): string {
  const maps = pools.map(
    (pool) =>
      `{ for name, device in ${pool.devicesAddress} : name => ${objectExpression(entry(pool))} }`,
  );
  return `merge(${maps.join(", ")})`;
}
