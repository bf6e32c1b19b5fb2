/** Why digests differ, in words: exactly of the hosts whose digests differ, and without any value. */
import type { InventoryHost } from "../../../../playbooks/model/inventory-host";
import {
  digestHosts,
  explainHosts,
  parsePlaybooks,
  type Wanted,
} from "../../../../playbooks/playbooks";

interface Parts {
  readonly content?: string;
  readonly hosts?: Readonly<Record<string, InventoryHost>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

const FILES = {
  "templates/members.j2": "{% for m in groups['etcd'] | sort %}{{ hostvars[m].ip }}\n{% endfor %}",
  "tasks/more.yml": "- name: more\n  command: 'true'\n",
  "vars/v.yml": "one: 1\ntwo: 2\n",
};
const PLAYS = `
- hosts: etcd
  become: true
  vars: { depth: 1 }
  vars_files: [vars/v.yml]
  tasks:
    - import_tasks: tasks/more.yml
    - name: around
      block:
        - template: { src: members.j2, dest: /etc/members }
      rescue:
        - name: sorry
          debug: { msg: "{{ one }}" }
  handlers:
    - { name: again, command: again }
- name: everywhere
  hosts: all
  tasks: [{ name: hi, debug: { msg: hi } }]
`;
const host = (group: string, ip: string, more: Partial<InventoryHost> = {}): InventoryHost => ({
  ...{ address: ip, user: "root", hostKeys: [], groups: [group], vars: { ip } },
  ...more,
});
const HOSTS = {
  e0: host("etcd", "10.0.0.1"),
  e1: host("etcd", "10.0.0.2"),
  w: host("worker", "3"),
};

function wantedOf(parts: Parts): Wanted {
  const files = new Map(Object.entries(parts.files ?? FILES));
  const source = { name: "site.yml", content: parts.content ?? PLAYS };
  const { playbooks, faults } = parsePlaybooks([source], files);
  expect(faults).toEqual([]);
  return { playbooks, input: { inventory: parts.hosts ?? HOSTS, vars: parts.vars ?? {}, files } };
}

test.each<[string, Parts, Readonly<Record<string, readonly string[]>>]>([
  ["nothing", {}, {}],
  [
    "a keyword of a play",
    { content: PLAYS.replace("become: true", "become: false") },
    ofEtcd('"become" of play "etcd" (site.yml) changed'),
  ],
  [
    "a variable of a play",
    { content: PLAYS.replace("depth: 1", "depth: 2") },
    ofEtcd('variable "depth" of play "etcd" (site.yml) changed'),
  ],
  [
    "a variable of a file",
    { files: { ...FILES, "vars/v.yml": "one: 2\nthree: 3\n" } },
    ofEtcd(
      'variable "one" of vars/v.yml changed',
      'variable "two" of vars/v.yml is gone',
      'variable "three" of vars/v.yml is new',
    ),
  ],
  [
    "a task of a file",
    { files: { ...FILES, "tasks/more.yml": "- { name: more, command: x }\n- ping:\n" } },
    ofEtcd('task "more" (tasks/more.yml) changed', 'task "ping" (tasks/more.yml) is new'),
  ],
  [
    "a task of a rescue, and a handler",
    { content: PLAYS.replace("{ one }", "{ two }").replace("command: again", "command: once") },
    ofEtcd('task "sorry" (site.yml) changed', 'handler "again" (site.yml) changed'),
  ],
  [
    "a template",
    { files: { ...FILES, "templates/members.j2": `${FILES["templates/members.j2"]}#` } },
    ofEtcd("file templates/members.j2 changed"),
  ],
  [
    "a host that others read",
    { hosts: { ...HOSTS, e1: host("etcd", "10.0.0.9") } },
    {
      e0: ['host "e1", which its plays read, changed'],
      e1: ["address changed", 'variable "ip" of the host changed'],
    },
  ],
  [
    "a host that joins",
    { hosts: { ...HOSTS, w: host("etcd", "3") } },
    {
      ...ofEtcd('members of group "etcd" changed', 'host "w", which its plays read, is new'),
      w: [
        'play "etcd" (site.yml) is new',
        'group "worker" of the host is gone',
        'group "etcd" of the host is new',
      ],
    },
  ],
  [
    "how a host is reached",
    { hosts: { ...HOSTS, w: host("worker", "3", { port: 23, user: "u", machineId: "m" }) } },
    { w: ["port changed", "user changed", "machine changed"] },
  ],
])("%s", (_, parts, expected) => {
  const [before, after] = [wantedOf({}), wantedOf(parts)];
  const digests = [before, after].map((it) => digestHosts(it.playbooks, it.input));
  const touched = Object.keys(HOSTS).filter((it) => digests[0]?.[it] !== digests[1]?.[it]);

  const reasons = explainHosts(touched, { before, after });

  expect(reasons).toEqual(expected);
});

test("a variable of all hosts is told to each, and its value to none", () => {
  const [before, after] = [wantedOf({ vars: { x: "old-one" } }), wantedOf({ vars: { x: "new" } })];

  const reasons = explainHosts(["e0", "w"], { before, after });

  const expected = ['variable "x" of all hosts changed'];
  expect(reasons).toEqual({ e0: expected, w: expected });
});

function ofEtcd(...reasons: string[]): Readonly<Record<string, readonly string[]>> {
  return { e0: reasons, e1: reasons };
}
