import path from "node:path";
import { formatFault } from "../../../core/faults";
import { readInventory } from "../../../playbooks/model/inventory";
import { readConnection } from "../../../playbooks/model/inventory/connection-variables";
import { loadCases } from "../../support/cases";

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
      open: { user: false, port: false },
      hostKeys: [],
      groups: ["cluster", "etcd"],
      places: { all: 0, cluster: 0, etcd: 0 },
      vars: { ansible_host: "10.0.0.1", ansible_port: 2222, c: "own" },
      groupVars: {
        written: { a: "all", b: "cluster", ansible_user: "admin" },
        all: {},
        groups: {},
      },
    },
    "etcd-1": expect.objectContaining({
      address: "etcd-1",
      port: 22,
      user: "admin",
      open: { user: false, port: true },
    }) as unknown,
  });
});

test("readInventory() tells all that is wrong, with places", () => {
  const { faults } = read([
    "all:",
    "  host: {}",
    "  hosts:",
    "    web[3:1]:",
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

const wrong = loadCases<{ file: string; lines: string[]; faults: string[] }>(
  path.join(__dirname, "inventory", "wrong"),
);

test.each(wrong)("readInventory() refuses: $name", ({ file, lines, faults }) => {
  const read = readInventory({ name: file, content: lines.join("\n") });

  expect(read.faults.map(formatFault)).toEqual(faults);
});

test.each<[Readonly<Record<string, unknown>>, object]>([
  [{}, { address: "h", port: 22, user: "root", open: { user: true, port: true } }],
  [{ ansible_host: "a", ansible_ssh_host: "b" }, { address: "b" }],
  [
    { ansible_ssh_user: "u", ansible_ssh_port: "2200" },
    { user: "u", port: 2200 },
  ],
  [{ ansible_ssh_private_key_file: "~/.ssh/id" }, { keyFile: "~/.ssh/id" }],
  [
    { ansible_port: "{{ p }}", ansible_user: "{{ u }}" },
    { port: 22, user: "{{ u }}" },
  ],
])("readConnection() of %j", (vars, expected) => {
  const { connection, wrong: refused } = readConnection("h", vars);

  expect(refused).toEqual([]);
  expect(connection).toMatchObject(expected);
});

test.each(
  [
    { ansible_connection: "docker" },
    { ansible_become_method: "doas" },
    { ansible_shell_type: "powershell" },
    { ansible_ssh_common_args: "-o ProxyCommand=x" },
    { ansible_ssh_extra_args: "-v" },
    { ansible_become_flags: "-E" },
    { ansible_port: 0 },
    { ansible_host: [] },
  ].map((it) => [it]),
)("readConnection() refuses %j by name", (vars) => {
  const [variable] = Object.keys(vars);

  expect(readConnection("h", vars).wrong).toMatchObject([{ variable }]);
});

test.each(["ansible_password", "ansible_ssh_password", "ansible_ssh_pass"])(
  "readConnection() refuses %s without telling it",
  (variable) => {
    const { wrong } = readConnection("h", { [variable]: "hunter2" });

    expect(wrong).toMatchObject([{ variable, hint: "give a private key, or an agent" }]);
    expect(JSON.stringify(wrong)).not.toContain("hunter2");
  },
);

test.each(
  [
    { ansible_connection: "ssh" },
    { ansible_connection: "local" },
    { ansible_connection: "{{ c }}" },
    { ansible_become_method: "su" },
    { ansible_shell_type: "sh" },
    { ansible_ssh_common_args: "" },
    { ansible_python_interpreter: "/usr/bin/python3", ansible_timeout: 5 },
  ].map((it) => [it]),
)("readConnection() takes %j", (vars) => {
  expect(readConnection("h", vars).wrong).toEqual([]);
});
