/** `runner: ansible`, with the real ansible-playbook and a real sshd: what it reports is what our own runner does. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { sleep } from "../../../core/bounded";
import { Secret } from "../../../core/secret";
import { ansibleRunner } from "../../../playbooks/ansible/ansible";
import * as own from "../../../playbooks/playbooks";
import type { RunEvent, RunInput, RunOptions, RunReport } from "../../../playbooks/playbooks";
import { ansibleFolders } from "../../support/ansible-folders";
import { certify } from "../../support/certify";
import { processesWith } from "../../support/processes-with";
import { freePort, type Sshd, startSshd } from "../../support/sshd";

jest.setTimeout(60_000);

const ansible = ansibleRunner(process.env);
let sshd: Sshd;
let folder: string;

beforeAll(async () => {
  sshd = await startSshd();
});

afterAll(async () => {
  await sshd.stop();
});

beforeEach(() => {
  folder = path.join(sshd.folder, "work");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

afterEach(() => {
  expect(ansibleFolders(sshd.port)).toEqual([]);
});

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

  const theirs = await run(ansible, sources, { files });
  const written = readFileSync(path.join(folder, "a"), "utf8");
  for (const it of ["a", "b"]) rmSync(path.join(folder, it));
  const ours = await run(own, sources, { files });

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
  const pinned = { a: { ...hostOf("a"), hostKeys: [] } };
  const sources = [{ name: "site.yml", content }];
  const rest = { secretVars: { token: new Secret(secret) }, inventory: pinned, diff: true };

  const checked = await run(ansible, sources, { ...rest, mode: "check" });
  const isThere = existsSync(path.join(folder, "token"));
  const { events, report } = await run(ansible, sources, rest);

  expect(isThere).toBe(false);
  expect(comparable(checked.report)).toEqual(comparable(report));
  expect(report.hosts.a).toMatchObject({ status: "ok", hostKey: sshd.hostKeys[0] });
  expect(readFileSync(path.join(folder, "token"), "utf8")).toBe(secret);
  expect(readFileSync(path.join(folder, "processes"), "latin1")).not.toContain("s3cret-of-ansible");
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
    a: hostOf("a"),
    gone: { ...hostOf("gone"), port: await freePort() },
    other: { ...hostOf("other"), address: "localhost", hostKeys: [OTHER_KEY] },
    z: hostOf("z"),
  };

  const { report } = await run(ansible, [{ name: "site.yml", content }], { inventory });

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

test("hosts are reached through another one, with a key of their own, and know their groups' variables", async () => {
  const content = `- hosts: all
  gather_facts: false
  tasks: [{ ansible.builtin.copy: { content: "{{ word }}", dest: "{{ folder }}/word" } }]
`;
  const { key, ...way } = sshd;
  const groupVars = { written: { word: "low" }, all: { word: "high" }, groups: {} };
  const inventory = { a: { ...hostOf("a"), keyFile: "~/id", jump: way, groupVars } };

  const { report } = await run(ansible, [{ name: "site.yml", content }], { inventory }, undefined, {
    key: undefined,
    keys: new Map([["~/id", key]]),
  });

  expect(report.hosts.a).toMatchObject({ status: "ok", changed: 1 });
  expect(readFileSync(path.join(folder, "word"), "utf8")).toBe("high");
});

test("a bastion has a key of its own, keys have passphrases and certificates, and a key seen first is looked for behind it", async () => {
  const bastion = await startSshd();
  try {
    const content = "- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.ping: }]\n";
    const passphrase = new Secret('it\'s "open" $sesame');
    const lock = (it: Sshd): Secret => {
      const file = path.join(it.folder, "locked");
      copyFileSync(it.keyFile, file);
      const how = ["-q", "-p", "-a", "1", "-P", "", "-N", passphrase.reveal(), "-f", file];
      execFileSync("ssh-keygen", how);
      return new Secret(readFileSync(file, "utf8"));
    };
    const { address, port, user, hostKeys } = bastion;
    const jump = { address, port, user, hostKeys, keyFile: "of the bastion" };
    const inventory = { a: { ...hostOf("a"), hostKeys: [], jump } };
    const sources = [{ name: "site.yml", content }];
    const keys = new Map([["of the bastion", lock(bastion)]]);
    const key = certify(sshd, passphrase);

    const { report } = await run(ansible, sources, { inventory }, undefined, {
      ...{ key, keys, passphrase },
    });
    const wrong = run(ansible, sources, { inventory }, undefined, {
      ...{ key, keys, passphrase: new Secret("no") },
    });

    expect(report.hosts.a).toMatchObject({ status: "ok", hostKey: sshd.hostKeys[0] });
    await expect(wrong).rejects.toMatchObject({ code: "AS2216" });
  } finally {
    await bastion.stop();
  }
});

test("a run that is stopped ends at once with all that it started", async () => {
  const seconds = `4321.${process.pid}`;
  const content = `- hosts: all
  gather_facts: false
  tasks: [{ ansible.builtin.command: sleep ${seconds} }]
`;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const ended = run(ansible, [{ name: "site.yml", content }], {}, undefined, options);
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

  const ended = run(nowhere, [{ name: "site.yml", content }]);

  await expect(ended).rejects.toMatchObject({ code: "AS2390" });
});

test("what ansible-playbook refuses fails every host with its words", async () => {
  const content = "- hosts: all\n  tasks: [{ no_such_module_at_all: }]\n";

  const { report } = await run(ansible, [{ name: "site.yml", content }]);

  for (const it of ["a", "b"]) {
    expect(report.hosts[it]?.status).toBe("failed");
    expect(report.hosts[it]?.error).toMatch(/^AS2391 .*no_such_module_at_all/);
  }
});

test("a limit may have positions, which count in the order of names", async () => {
  const content = "- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.ping: }]\n";

  const { report } = await run(ansible, [{ name: "site.yml", content }], { limit: "all[1]" });

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

  const { report } = await run(
    { ...ansible, parsePlaybooks: (sources, all) => ansible.parsePlaybooks(sources, all, vault) },
    [{ name: "site.yml", content }],
    { files },
  );

  expect(report.hosts.a).toMatchObject({ status: "ok", changed: 2 });
  expect(readFileSync(path.join(folder, "port"), "utf8")).not.toBe("");
  expect(readFileSync(path.join(folder, "processes"), "latin1")).not.toContain("correct horse");
});

const OTHER_KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILU1gU1qGy0c92pcUSLw6ClOYNkbhoXuS09seq7PWypN";

function hostOf(name: string): RunInput["inventory"][string] {
  const { address, port, user, hostKeys } = sshd;
  const groups = name === "a" ? ["web"] : [];
  return { address, port, user, hostKeys, groups, vars: { colour: "red" } };
}

async function run(
  runner: Pick<typeof own, "parsePlaybooks" | "runPlaybooks">,
  sources: readonly own.PlaybookSource[],
  parts: Partial<RunInput> = {},
  onEvent: (event: RunEvent) => void = () => undefined,
  options: Partial<RunOptions> = {},
): Promise<{ readonly events: readonly RunEvent[]; readonly report: RunReport }> {
  const events: RunEvent[] = [];
  const files = parts.files ?? new Map<string, string>();
  const { playbooks, faults } = runner.parsePlaybooks(sources, files);
  expect(faults).toEqual([]);
  const input: RunInput = {
    inventory: { a: hostOf("a"), b: hostOf("b") },
    vars: { folder, ansible_python_interpreter: "/usr/bin/python3" },
    secretVars: {},
    files,
    mode: "apply",
    forks: 5,
    ...parts,
  };
  const report = await runner.runPlaybooks(playbooks, input, {
    key: sshd.key,
    connectTimeout: 10_000,
    signal: new AbortController().signal,
    ...options,
    onEvent: (event) => {
      events.push(event);
      onEvent(event);
    },
  });
  return { events, report };
}

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
