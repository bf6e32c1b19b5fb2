import { listPlays } from "../../cli/list-plays";
import { parsePlaybooks } from "../../playbooks/playbooks";

const HOST = { address: "10.0.0.1", user: "root", hostKeys: [], groups: [], vars: {} };

test.each([
  ["localhost", {}, ["localhost"]],
  ["web,127.0.0.1", { web: HOST }, ["web", "localhost"]],
  ["localhost", { localhost: HOST }, ["localhost"]],
  ["all", { web: HOST }, ["web"]],
  ["all:!localhost", { web: HOST }, ["web"]],
])("the hosts of %s of %j are %j", (pattern, inventory, expected) => {
  const content = `- hosts: "${pattern}"\n  tasks: []\n`;
  const { playbooks: checked } = parsePlaybooks([{ name: "site.yml", content }], new Map());

  expect(listPlays(checked, inventory, {}).map(({ hosts }) => hosts)).toEqual([expected]);
});
