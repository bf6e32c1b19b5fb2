import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { formatFault } from "../../core/faults";
import { Secret } from "../../core/secret";
import {
  parsePlaybooks,
  runPlaybooks,
  type RunEvent,
  type RunInput,
  type RunReport,
} from "../../playbooks/playbooks";
import { startSshd, type Sshd } from "../support/sshd";

const FILES = new Map([
  [
    "templates/conf.j2",
    "# {{ ansible_managed }}\n{% for name in groups['all'] %}\n{{ name }}={{ hostvars[name].n }}\n{% endfor %}\n{{ ansible_architecture }} {{ ansible_facts.architecture }} {{ hostile }}\n",
  ],
  ["tasks/more.yml", "- copy: {content: '{{ pw }}', dest: '{{ folder }}/secret', mode: '0600'}\n"],
]);
const PLAYBOOK = `
- hosts: all
  tasks:
    - file: {path: "{{ folder }}", state: directory}
    - template: {src: conf.j2, dest: "{{ folder }}/conf", mode: 0640}
      notify: count
    - include_tasks: more.yml
    - command: 'printf "%s" {{ hostile | quote }}'
      register: out
      changed_when: false
    - assert:
        that: [out.stdout == hostile, out.rc == 0]
    - shell: exit 3
      register: out
      failed_when: out.rc != 3
      changed_when: false
  handlers:
    - name: count
      shell: echo run >> {{ (folder ~ '/count') | quote }}
`;
const HOSTILE = `'"$(id)\`id\` {{ n }} \\ ü;&`;

let server: Sshd;

beforeAll(async () => {
  server = await startSshd();
});

afterAll(async () => {
  await server.stop();
});

/** Two hosts, which are one server with a folder each. */
function run(input: Partial<RunInput>, onEvent: (it: RunEvent) => void): Promise<RunReport> {
  const source = { name: "site.yml", content: PLAYBOOK };
  const { playbooks, faults } = parsePlaybooks([source], FILES);
  if (faults.length > 0) throw new Error(faults.map(formatFault).join("\n"));
  const { address, port, user, hostKeys, key, folder } = server;
  const host = (n: number) => ({
    address,
    port,
    user,
    hostKeys,
    groups: [],
    vars: { n, folder: `${folder}/host ${n}` },
  });
  return runPlaybooks(
    playbooks,
    {
      inventory: { a: host(1), b: host(2) },
      vars: { hostile: "{% raw %}" + HOSTILE + "{% endraw %}" },
      secretVars: { pw: new Secret("s3cret {{ n }}") },
      files: FILES,
      mode: "apply",
      forks: 2,
      diff: true,
      ...input,
    },
    { signal: AbortSignal.timeout(60_000), key, connectTimeout: 10_000, onEvent },
  );
}

test("runPlaybooks() brings hosts to what a playbook says, once, and never shows a secret", async () => {
  const events: RunEvent[] = [];
  const told = (it: RunEvent): void => {
    events.push(it);
  };

  const check = await run({ mode: "check" }, told);
  const untouched = !existsSync(path.join(server.folder, "host 1"));
  const first = await run({}, told);
  const firstEvents = events.length;
  const second = await run({}, told);
  const drift = await run({ mode: "check" }, told);

  expect(check.hosts.a).toMatchObject({ changed: 3 });
  expect(untouched).toBe(true);
  expect(first.hosts.a).toMatchObject({ status: "ok", changed: 4 });
  expect(first.hosts.b).toMatchObject({ status: "ok", hostKey: server.hostKeys[0] });
  expect(second.hosts.a).toMatchObject({ status: "ok", changed: 0, changes: [] });
  expect(drift.hosts.a).toMatchObject({ changed: 0 });
  const read = (name: string): string =>
    readFileSync(path.join(server.folder, "host 2", name), "utf8");
  expect(read("conf")).toMatch(/^# Ansible managed\na=1\nb=2\n(\w+) \1 /);
  expect(read("conf").endsWith(`${HOSTILE}\n`)).toBe(true);
  expect(read("secret")).toBe("s3cret {{ n }}");
  expect(read("count")).toBe("run\n");
  expect(JSON.stringify(events)).not.toContain("s3cret");
  const later = events.slice(firstEvents).filter((it) => it.event === "task.end");
  const changing = later.filter((it) => it.changes > 0).map((it) => it.module);
  expect(new Set(changing)).toEqual(new Set(["command", "shell"]));
});

test("runPlaybooks() tells a host with another key from one that fails", async () => {
  const inventory = {
    a: {
      address: server.address,
      port: server.port,
      user: server.user,
      hostKeys: [
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      ],
      groups: [],
      vars: {},
    },
  };

  const { hosts } = await run({ inventory }, () => undefined);

  expect(hosts.a).toMatchObject({ status: "unreachable" });
  expect(hosts.a?.error).toContain("AS2203");
});
