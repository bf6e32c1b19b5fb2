/** How hosts are reached when plays and tasks say so: a connection for each way, and none that nobody needs. */
import type { InventoryHost } from "../../../../playbooks/model/inventory-host";
import type { Machinery } from "../../../../playbooks/runner/engine/run";
import { FakeHost } from "./fake-host";
import { runFake, type FakeRun } from "./run-fake";

const OPEN = { user: true, port: true };
/** As an inventory gives it that says nothing of logins. */
const HOST: Partial<InventoryHost> = { open: OPEN };

/** Runs plays. @returns ways that were opened, `user@address:port`, and by which way each command went */
async function waysOf(playbook: readonly string[], more: Omit<FakeRun, "playbook"> = {}) {
  const opened: string[] = [];
  const commands: string[] = [];
  const hosts: FakeHost[] = [];
  const openHost: Machinery["openHost"] = ({ address, port, user }, { local }) => {
    const way = local ? "here" : `${user}@${address}:${port}`;
    opened.push(way);
    const host = new FakeHost("a");
    hosts.push(host);
    const change = host.change.bind(host);
    return Promise.resolve(
      Object.assign(host, {
        change: (...given: Parameters<FakeHost["change"]>) => {
          commands.push(way);
          return change(...given);
        },
      }),
    );
  };
  const { report } = await runFake({ hosts: { a: HOST }, ...more, playbook, openHost });
  return { opened, commands, closed: hosts.every((it) => it.closed), report };
}

const ROOT = "root@127.0.0.1:22";
const play = (...lines: string[]): string[] => ["- hosts: a", "  gather_facts: false", ...lines];

test("tasks that are reached otherwise have a connection of their own, which is kept", async () => {
  const { opened, commands, closed, report } = await waysOf(
    play(
      "  tasks:",
      "    - command: one",
      "    - {command: two, remote_user: op}",
      "    - {command: three, vars: {ansible_user: op}}",
      "    - {command: four, vars: {ansible_host: 10.0.0.9, ansible_port: 2222}}",
      "    - {command: five, connection: local}",
      "    - command: six",
    ),
  );

  expect(report.hosts.a?.status).toBe("ok");
  expect(opened).toEqual([ROOT, "op@127.0.0.1:22", "root@10.0.0.9:2222", "here"]);
  expect(commands).toEqual([
    ROOT,
    "op@127.0.0.1:22",
    "op@127.0.0.1:22",
    "root@10.0.0.9:2222",
    "here",
    ROOT,
  ]);
  expect(closed).toBe(true);
});

test("variables win over keywords, and keywords hold where the inventory leaves it open", async () => {
  const lines = play("  remote_user: op", "  port: 2222", "  tasks: [{command: x}]");
  const said = { open: { user: false, port: false }, user: "me", port: 22 };

  expect((await waysOf(lines)).opened).toEqual(["op@127.0.0.1:2222"]);
  expect((await waysOf(lines, { hosts: { a: said } })).opened).toEqual(["me@127.0.0.1:22"]);
  expect((await waysOf(lines, { vars: { ansible_user: "extra" } })).opened).toEqual([
    "extra@127.0.0.1:2222",
  ]);
});

test("a task may go back to what the inventory says", async () => {
  const { commands } = await waysOf(
    play(
      "  vars: {ansible_user: op}",
      "  tasks:",
      "    - command: one",
      "    - {command: two, vars: {ansible_user: root}}",
      "    - set_fact: {ansible_user: third}",
      "    - command: three",
    ),
  );

  expect(commands).toEqual(["op@127.0.0.1:22", ROOT, "third@127.0.0.1:22"]);
});

test("a host that says itself how it is reached is reached so, unless plays say otherwise", async () => {
  const hosts = { a: { vars: { ansible_user: "nobody" } } };

  expect((await waysOf(play("  tasks: [{command: x}]"), { hosts })).opened).toEqual([ROOT]);
  expect(
    (await waysOf(play("  vars: {ansible_user: op}", "  tasks: [{command: x}]"), { hosts })).opened,
  ).toEqual(["op@127.0.0.1:22"]);
});

test("a task that is delegated goes to the other host as that one is reached", async () => {
  const hosts = { a: HOST, b: { open: OPEN, address: "127.0.0.2" } };
  const { commands } = await waysOf(
    play(
      "  tasks:",
      "    - set_fact: {ansible_host: 10.0.0.9}",
      "    - {command: there, delegate_to: b, connection: local}",
      "    - {command: as op, delegate_to: b, vars: {ansible_user: op}}",
    ),
    { hosts },
  );

  expect(commands).toEqual(["root@127.0.0.2:22", "op@127.0.0.2:22"]);
});

test.each([
  ["ansible_connection", "docker", "the connection docker is not supported"],
  ["ansible_ssh_common_args", "-o ControlMaster=no", "ansible_ssh_common_args is not supported"],
  ["ansible_password", "hunter2", "ansible_password is not supported"],
])("what a template gives for %s is refused when it cannot be", async (name, value, problem) => {
  const lines = play(`  tasks: [{command: x, vars: {${name}: "{{ given }}"}}]`);

  const { report } = await waysOf(lines, { vars: { given: value } });
  expect(report.hosts.a?.error).toContain("AS2310");
  expect(report.hosts.a?.error).toContain(problem);
  expect(report.hosts.a?.error).not.toContain("hunter2");
  const nothing = name === "ansible_connection" ? "ssh" : "";
  expect((await waysOf(lines, { vars: { given: nothing } })).opened).toEqual([ROOT]);
});
