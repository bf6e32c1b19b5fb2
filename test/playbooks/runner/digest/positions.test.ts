/** Digests of plays whose pattern names places in a group: they depend on who is in it. */
import type { InventoryHost, UnknownHost } from "../../../../playbooks/model/inventory-host";
import { digestHosts, parsePlaybooks } from "../../../../playbooks/playbooks";

type Hosts = Readonly<Record<string, InventoryHost | UnknownHost>>;

const host = (...groups: string[]): InventoryHost => ({
  address: "127.0.0.1",
  user: "root",
  hostKeys: [],
  groups,
  vars: {},
});

function digests(pattern: string, inventory: Hosts): Readonly<Record<string, string | undefined>> {
  const content = `- hosts: "${pattern}"\n  tasks: [{raw: "true"}]\n`;
  const { playbooks } = parsePlaybooks([{ name: "p.yml", content }], new Map());
  return digestHosts(playbooks, { inventory, vars: {}, files: new Map() });
}

test("a host that comes before the first one changes who is covered, and nothing for the others", () => {
  const before = digests("web[0]", { b: host("web"), c: host("web") });
  const after = digests("web[0]", { a: host("web"), b: host("web"), c: host("web") });

  expect(after.c).toBe(before.c);
  expect(after.b).not.toBe(before.b);
  expect(after.b).toBe(after.c);
  expect(after.a).not.toBe(after.b);
});

test("places are known when the groups of all hosts are", () => {
  const inventory: Hosts = { a: { unknown: true, groups: ["web"] }, b: host("web") };

  const { a, b } = digests("web[0]", inventory);

  expect([a, b === undefined]).toEqual([undefined, false]);
});

test("a host whose groups are not known may stand before any other", () => {
  const inventory: Hosts = {
    a: { unknown: true, groups: undefined },
    b: host("web"),
    c: host("db"),
  };

  const { b, c } = digests("web[0]", inventory);

  expect([b, c === undefined]).toEqual([undefined, false]);
});
