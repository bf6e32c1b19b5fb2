/** `runner: ansible`, with the real ansible-playbook and a real sshd: what it reports is what our own runner does. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { sleep } from "../../../core/bounded";
import { Secret } from "../../../core/secret";
import { ansibleRunner } from "../../../playbooks/ansible/ansible";
import * as own from "../../../playbooks/playbooks";
import type { RunEvent, RunReport } from "../../../playbooks/playbooks";
import { processesWith } from "../../support/processes-with";
import { freePort } from "../../support/sshd";
import { ansible, AnsibleWorld } from "./ansible-world";

jest.setTimeout(60_000);

const world = new AnsibleWorld();

const SITE = `- name: first
  hosts: all
  gather_facts: false
  tasks:
    - name: write
      ansible.builtin.copy: { src: motd, dest: "{{ folder }}/{{ inventory_hostname }}", mode: "0600" }
      notify: told
    - name: nothing new
      ansible.builtin.file: { path: "{{ folder }}", state: directory }
    - name: left out
      ansible.builtin.command: { argv: ["false"] }
      when: false
    - name: borne
      ansible.builtin.fail: { msg: never mind }
      ignore_errors: true
    - block:
        - name: mended
          ansible.builtin.fail: { msg: mend it }
      rescue:
        - name: mend
          ansible.builtin.debug: { msg: mended }
    - name: give up
      ansible.builtin.fail: { msg: "no room" }
      when: inventory_hostname == 'b'
  handlers:
    - name: told
      ansible.builtin.command: { argv: ["true"] }
- name: second
  hosts: web
  gather_facts: false
  tasks:
    - name: colour is {{ colour }}
      ansible.builtin.set_stats: { data: { colour: "{{ colour }}" } }
`;

test("events and reports are those of our own runner", async () => {
  const sources = [{ name: "plays/site.yml", content: SITE }];
  const files = new Map([["plays/files/motd", "welcome\n"]]);

  const theirs = await world.run(ansible, { sources, input: { files } });
  const written = readFileSync(path.join(world.folder, "a"), "utf8");
  for (const it of ["a", "b"]) rmSync(path.join(world.folder, it));
  const ours = await world.run(own, { sources, input: { files } });

  expect(written).toBe("welcome\n");
  expect(theirs.report.hosts.b?.error).toBe(
    'AS2301  plays/site.yml:22  task "give up" failed: no room',
  );
  expect(comparable(theirs.report)).toEqual(comparable(ours.report));
  expect(theirs.report.stats).toEqual(ours.report.stats);
  expect(ends(theirs.events)).toEqual(ends(ours.events));
  expect(names(theirs.events)).toEqual(names(ours.events));
});

test("a check changes nothing, secrets show nowhere and are data, and a key seen first is told", async () => {
  const secret = "s3cret-of-ansible {{ 1 + 1 }} 'x' \"y\"";
  const content = `- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.shell:
        cmd: "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ > $PLACE/processes 2>/dev/null || true"
      environment: { PLACE: "{{ folder }}" }
      check_mode: false
    - ansible.builtin.copy: { content: "{{ token }}", dest: "{{ folder }}/token" }
    - ansible.builtin.debug: { msg: "it is {{ token }}" }
    - ansible.builtin.fail: { msg: "it is {{ token }}" }
      no_log: true
      ignore_errors: true
`;
  const pinned = { a: { ...world.host("a"), hostKeys: [] } };
  const sources = [{ name: "site.yml", content }];
  const rest = { secretVars: { token: new Secret(secret) }, inventory: pinned, diff: true };

  const checked = await world.run(ansible, { sources, input: { ...rest, mode: "check" } });
  const isThere = existsSync(path.join(world.folder, "token"));
  const { events, report } = await world.run(ansible, { sources, input: rest });

  expect(isThere).toBe(false);
  expect(comparable(checked.report)).toEqual(comparable(report));
  expect(report.hosts.a).toMatchObject({ status: "ok", hostKey: world.sshd.hostKeys[0] });
  expect(readFileSync(path.join(world.folder, "token"), "utf8")).toBe(secret);
  expect(readFileSync(path.join(world.folder, "processes"), "latin1")).not.toContain(
    "s3cret-of-ansible",
  );
  const log = JSON.stringify(events);
  expect(log).toContain("it is (secret)");
  expect(log).toContain("hidden by no_log");
  expect(log).not.toContain("s3cret-of-ansible");
});

test("hosts with another key, or that are gone, are unreachable; those behind a fatal failure cancelled", async () => {
  const content = `- hosts: all
  gather_facts: false
  tasks: [{ name: go, ansible.builtin.ping: }]
- hosts: a,z
  gather_facts: false
  any_errors_fatal: true
  serial: 1
  tasks: [{ name: fall, ansible.builtin.fail: }]
`;
  const inventory = {
    a: world.host("a"),
    gone: { ...world.host("gone"), port: await freePort() },
    other: { ...world.host("other"), address: "localhost", hostKeys: [OTHER_KEY] },
    z: world.host("z"),
  };

  const { report } = await world.run(ansible, {
    sources: [{ name: "site.yml", content }],
    input: { inventory },
  });

  const stands = Object.entries(report.hosts).map(([name, it]) => [
    name,
    it.status,
    it.error?.slice(0, 6),
  ]);
  expect(stands).toEqual([
    ["a", "failed", "AS2301"],
    ["gone", "unreachable", "AS2392"],
    ["other", "unreachable", "AS2392"],
    ["z", "cancelled", "AS2302"],
  ]);
});

test("a run that is stopped ends at once with all that it started", async () => {
  const seconds = `4321.${process.pid}`;
  const content = `- hosts: all
  gather_facts: false
  tasks: [{ ansible.builtin.command: sleep ${seconds} }]
`;
  const stop = new AbortController();
  const ended = world.run(ansible, {
    sources: [{ name: "site.yml", content }],
    options: { signal: stop.signal },
  });
  // Both hosts are at it: the sleep itself runs there.
  while (processesWith(`sleep\0${seconds}`).length < 2) await sleep(100);
  const started = processesWith("/arm-").length;
  stop.abort(new Error("stopped"));

  const { report } = await ended;

  expect(report.hosts.a).toMatchObject({ status: "cancelled", error: "the run was stopped" });
  expect(started).toBeGreaterThan(0);
  expect(processesWith("/arm-")).toEqual([]);
  // What had begun on the hosts is theirs: Ansible has no way to end it.
  for (const it of processesWith(`sleep\0${seconds}`)) process.kill(Number(it));
});

test("without ansible-playbook no host is touched", async () => {
  const content = "- hosts: all\n  tasks: [{ ansible.builtin.ping: }]\n";
  const nowhere = ansibleRunner({ PATH: "/nowhere" });

  const ended = world.run(nowhere, { sources: [{ name: "site.yml", content }] });

  await expect(ended).rejects.toMatchObject({ code: "AS2390" });
});

test("what ansible-playbook refuses fails every host with its words", async () => {
  const content = "- hosts: all\n  tasks: [{ no_such_module_at_all: }]\n";

  const { report } = await world.run(ansible, { sources: [{ name: "site.yml", content }] });

  for (const it of ["a", "b"]) {
    expect(report.hosts[it]?.status).toBe("failed");
    expect(report.hosts[it]?.error).toMatch(/^AS2391 .*no_such_module_at_all/);
  }
});

test("a limit may have positions, which count in the order of names", async () => {
  const content = "- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.ping: }]\n";

  const { report } = await world.run(ansible, {
    sources: [{ name: "site.yml", content }],
    input: { limit: "all[1]" },
  });

  expect(Object.keys(report.hosts)).toEqual(["b"]);
});

test("vaults are opened by the passwords of the run, which show nowhere", async () => {
  const made = path.join(__dirname, "..", "vault", "made");
  const files = new Map([["secret.yml", readFileSync(path.join(made, "v1.1.yml"), "utf8")]]);
  const content = `- hosts: a
  gather_facts: false
  vars_files: [secret.yml]
  tasks:
    - ansible.builtin.copy: { content: "{{ port }}", dest: "{{ folder }}/port" }
    - ansible.builtin.shell: "cat /proc/[0-9]*/cmdline > {{ folder }}/processes 2>/dev/null || true"
`;
  const vault = new own.Vault([{ password: new Secret("correct horse") }]);

  const { report } = await world.run(
    { ...ansible, parsePlaybooks: (sources, all) => ansible.parsePlaybooks(sources, all, vault) },
    { sources: [{ name: "site.yml", content }], input: { files } },
  );

  expect(report.hosts.a).toMatchObject({ status: "ok", changed: 2 });
  expect(readFileSync(path.join(world.folder, "port"), "utf8")).not.toBe("");
  expect(readFileSync(path.join(world.folder, "processes"), "latin1")).not.toContain(
    "correct horse",
  );
});

const OTHER_KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILU1gU1qGy0c92pcUSLw6ClOYNkbhoXuS09seq7PWypN";

function comparable({ hosts }: RunReport): unknown {
  return Object.fromEntries(
    Object.entries(hosts).map(([name, { hostKey: _key, error: _error, owed: _owed, ...it }]) => [
      name,
      it,
    ]),
  );
}

function ends(events: readonly RunEvent[]): string[] {
  return events
    .flatMap((it) =>
      it.event === "task.end" ? [`${it.host} ${it.play} ${it.task} ${it.module} ${it.status}`] : [],
    )
    .sort();
}

function names(events: readonly RunEvent[]): string[] {
  return events.flatMap((it) => (it.event === "task.end" ? [] : [it.event]));
}
