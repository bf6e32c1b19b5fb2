/** Names that every object of JavaScript answers to are names like all others. */
import { member } from "../../../../core/mapping";
import { inventoryOf } from "../../../../playbooks/ansible/inventory";
import { parseFacts } from "../../../../playbooks/runner/facts/gather-facts";
import { runFake, taskLines } from "./run-fake";

const HOSTS = {
  constructor: { groups: ["toString"] },
  valueOf: { groups: ["hasOwnProperty", "toString"] },
};

test("hosts and groups may have them", async () => {
  const playbook = [
    "- hosts: toString",
    "  gather_facts: false",
    "  tasks:",
    "    - {command: go, register: constructor, notify: told}",
    "    - debug: {msg: \"{{ groups['toString'] }} {{ constructor.changed }}\"}",
    "  handlers: [{name: told, command: tell}]",
  ];

  const { report, events } = await runFake({ playbook, hosts: HOSTS, owed: {}, tellFiles: true });

  const names = ["constructor", "valueOf"];
  expect(names.map((it) => report.hosts[it])).toMatchObject([
    { status: "ok", changed: 2 },
    { status: "ok", changed: 2 },
  ]);
  expect(taskLines(events)).toContain("valueOf debug ok: ['constructor', 'valueOf'] True");
});

test("a real ansible-playbook is told of them", () => {
  const host = { address: "10.0.0.1", user: "root", hostKeys: [], vars: {} };
  const inventory = Object.fromEntries(
    Object.entries(HOSTS).map(([name, it]) => [name, { ...host, ...it }]),
  );

  const told = inventoryOf(inventory, { key: undefined, keys: new Map(), knownHosts: "/known" });

  expect(told).toMatchObject({
    all: {
      children: {
        toString: { hosts: { constructor: null, valueOf: null } },
        hasOwnProperty: { hosts: { valueOf: null } },
      },
    },
  });
});

test("facts may be called so, and a distribution", () => {
  const dmi = "==> /sys/class/dmi/id/__proto__ <==\nx\n\n";
  const release = "==> /etc/os-release <==\nID=constructor\nID_LIKE=toString\n";

  expect(parseFacts(`@@facts:files\n${dmi}${release}`)).toMatchObject({
    distribution: "Linux",
    os_family: "Linux",
  });
});

test("a clock that is beyond all dates leaves out the date alone", () => {
  const date = "@@facts:date\n99999999999999|x|x|UTC|+0000|x|x|x|x|x|x|x\n";

  expect(parseFacts(date)).not.toHaveProperty("date_time");
});

test.each([
  ["{{ 'x' | b64encode('constructor') }}", "unknown encoding constructor"],
  ["{{ '1' is version('2', 'toString') }}", "version: unknown operator toString"],
  ["{{ '1' is version('2', version_type='valueOf') }}", "are known, not valueOf"],
])("they are no words of %s", async (template, problem) => {
  const playbook = [
    "- hosts: valueOf",
    "  gather_facts: false",
    `  tasks: [debug: {msg: "${template}"}]`,
  ];

  const { report } = await runFake({ playbook, hosts: HOSTS });

  expect(member(report.hosts, "valueOf")?.error).toContain(problem);
});
