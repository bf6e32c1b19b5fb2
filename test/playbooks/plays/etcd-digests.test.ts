/** Which nodes are touched when a cluster with etcd grows, shrinks or gets a machine anew. */
import { listShippedPlays, readShippedPlay } from "../../../playbooks/model/shipped-plays";
import { digestHosts, type Inventory, parsePlaybooks } from "../../../playbooks/playbooks";

const plays = listShippedPlays().map(readShippedPlay);
const files = new Map(plays.flatMap((it) => Object.entries(it.files)));
const { playbooks } = parsePlaybooks(
  plays.map((it) => it.playbook),
  files,
);
const vars = { cluster_name: "edge", registry_files: [], access_keys: [], node_become: false };
const before = digest(["m-0", "m-1", "m-2"], ["w-0"]);

test("another worker touches that worker only", () => {
  expect(touched(digest(["m-0", "m-1", "m-2"], ["w-0", "w-1"]))).toEqual(["w-1"]);
});

test("a worker less touches nobody", () => {
  expect(touched(digest(["m-0", "m-1", "m-2"], []))).toEqual([]);
});

test("a member less, or more, is news to the members and to gateways", () => {
  expect(touched(digest(["m-0", "m-2"], ["w-0"]))).toEqual(["m-0", "m-2", "w-0"]);
  expect(touched(digest(["m-0", "m-1", "m-2", "m-3"], ["w-0"]))).toHaveLength(5);
});

test("nothing changed, nobody is touched", () => {
  expect(touched(digest(["m-0", "m-1", "m-2"], ["w-0"]))).toEqual([]);
});

function digest(members: readonly string[], workers: readonly string[]): Record<string, string> {
  const host = (role: string) => (name: string) => {
    const address = `10.0.0.${name.charCodeAt(0)}${name.slice(-1)}`;
    const own = { node_name: name, node_role: role, node_private_address: address };
    return [name, { address, user: "root", hostKeys: [], groups: [role], vars: own }] as const;
  };
  const inventory: Inventory = Object.fromEntries([
    ...members.map(host("etcd-member")),
    ...workers.map(host("worker")),
  ]);
  return digestHosts(playbooks, { inventory, vars, files }) as Record<string, string>;
}

function touched(after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}
