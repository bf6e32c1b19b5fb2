import { readInventory } from "../../../playbooks/model/inventory";

const read = (lines: readonly string[]) =>
  readInventory({ name: "hosts.yml", content: lines.join("\n") });

test("readInventory() gives hosts their groups, and variables of the nearest group", () => {
  const { inventory, faults } = read([
    "all:",
    "  vars: {a: all, b: all, ansible_user: admin}",
    "  children:",
    "    cluster:",
    "      vars: {b: cluster}",
    "      children:",
    "        etcd:",
    "          hosts:",
    "            etcd-0: {ansible_host: 10.0.0.1, ansible_port: 2222, c: own}",
    "            etcd-1:",
  ]);

  expect(faults).toEqual([]);
  expect(inventory).toEqual({
    "etcd-0": {
      address: "10.0.0.1",
      port: 2222,
      user: "admin",
      hostKeys: [],
      groups: ["cluster", "etcd"],
      vars: expect.objectContaining({ a: "all", b: "cluster", c: "own" }) as unknown,
    },
    "etcd-1": expect.objectContaining({ address: "etcd-1", port: 22, user: "admin" }) as unknown,
  });
});

test("readInventory() tells all that is wrong, with places", () => {
  const { faults } = read([
    "all:",
    "  host: {}",
    "  hosts:",
    "    web[1:3]:",
    "    b: {ansible_port: 99999}",
    "  children: [x]",
  ]);

  expect(faults.map(({ code, position }) => `${position?.line ?? 0} ${code}`)).toEqual([
    "2 AS1414",
    "4 AS1414",
    "6 AS1414",
    "5 AS1414",
  ]);
});

test("readInventory() refuses what is no mapping", () => {
  expect(read(["- a"]).faults.map((it) => it.code)).toEqual(["AS1414"]);
});
