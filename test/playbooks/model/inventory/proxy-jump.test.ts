import { parseProxyJump } from "../../../../playbooks/model/inventory/proxy-jump";
import { parseInventory } from "../../../../playbooks/playbooks";

test.each([
  ["-o ProxyJump=gate", { address: "gate", port: 22 }],
  ["-J ops@gate.example:2222", { address: "gate.example", port: 2222, user: "ops" }],
  ["-o ProxyJump='ssh://ops@[fd00::1]:22'", { address: "fd00::1", port: 22, user: "ops" }],
  [" -oProxyJump=10.0.0.1 ", { address: "10.0.0.1", port: 22 }],
  ["-o ProxyJump=one,two", undefined],
  ["-o ProxyJump=gate -o StrictHostKeyChecking=no", undefined],
  ["-o ProxyCommand=ssh gate", undefined],
  ["", undefined],
])("parseProxyJump() reads %j", (options, jump) => {
  expect(parseProxyJump(options)).toEqual(jump);
});

test("parseInventory() takes the jump host of a host; its user is the host's where none is named", () => {
  const content = `[all]\na ansible_user=ops ansible_ssh_common_args="-J gate:2222"\nb ansible_ssh_args="-v"\n`;

  const { inventory, faults } = parseInventory({ name: "hosts", content });

  expect(inventory.a?.jump).toEqual({ address: "gate", port: 2222, user: "ops", hostKeys: [] });
  expect(faults.map((it) => it.code)).toEqual(["AS1414"]);
});
