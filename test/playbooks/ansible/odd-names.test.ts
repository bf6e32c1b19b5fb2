import { Secret } from "../../../core/secret";
import { inventoryOf } from "../../../playbooks/ansible/inventory";
import { writeProject } from "../../../playbooks/ansible/project";
import type { RunInput } from "../../../playbooks/playbooks";
import { faultsOf } from "../../support/faults-of";

const INPUT: RunInput = {
  ...{ inventory: {}, vars: {}, secretVars: {}, files: new Map(), mode: "apply", forks: 1 },
};
const KEY = { key: new Secret("key") };
const ODD_NAMES = [
  "two words.yml",
  "a,b.yml",
  "{{ x }}.yml",
  "a=b.yml",
  "né.yml",
  "line\nbreak.yml",
  "",
];

test("playbooks with odd names are told all at once, and nothing is written", () => {
  const sources = [...ODD_NAMES, "plain.yml"].map((name) => ({ name, content: "[]" }));

  expect(faultsOf(() => writeProject(sources, INPUT, KEY))).toMatchObject(
    ODD_NAMES.map((given) => ({ code: "AS1490", given })),
  );
});

test.each(["site.yml", "../plays/base-1/site_2.yml", "a@b+c.yml"])("%s is a plain name", (name) => {
  const project = writeProject([{ name, content: "[]" }], INPUT, KEY);
  project.remove();

  expect(project.main).toContain("armstead-main.yml");
});

describe("a host behind another one", () => {
  const inventory = (address: string, user: string): unknown =>
    inventoryOf(
      {
        a: {
          ...{ address: "10.0.0.1", user: "root", hostKeys: [], groups: [], vars: {} },
          jump: { address, port: 22, user, hostKeys: [] },
        },
      },
      { key: undefined, keys: new Map(), knownHosts: "/known" },
    );

  test.each([
    ["-oProxyCommand=id", "root"],
    ["host; id", "root"],
    ["$(id)", "root"],
    ["", "root"],
    ["host", "a b"],
    ["host", "-l"],
    ["host", '"'],
  ])("is not reached through %j as %j", (address, user) => {
    const given = address === "host" ? user : address;

    expect(faultsOf(() => inventory(address, user))).toMatchObject([{ code: "AS1490", given }]);
  });

  test.each([
    ["jump-1.example.org", "op"],
    ["fe80::1%eth0", "op@domain"],
  ])("is reached through %s as %s", (address, user) => {
    expect(JSON.stringify(inventory(address, user))).toContain(`-l ${user} ${address}`);
  });
});
