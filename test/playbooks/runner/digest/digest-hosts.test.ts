import fc from "fast-check";
import { formatFault } from "../../../../core/faults";
import type { InventoryHost, UnknownHost } from "../../../../playbooks/model/inventory-host";
import { readPlaybooks } from "../../../../playbooks/model/parse-playbooks";
import type { CheckedPlaybooks } from "../../../../playbooks/model/play";
import {
  digestAll,
  type DigestInput,
  type HostDigests,
} from "../../../../playbooks/runner/digest/digest-hosts";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { templateRules } from "../../../../playbooks/runner/template/rules";

const MEMBERS = "{% for m in groups['etcd'] | sort %}{{ hostvars[m].ip }}\n{% endfor %}";
const FILES = new Map([
  ["templates/members.j2", MEMBERS],
  ["files/mirror", "x"],
  ["files/unused", "x"],
]);
const rules = { modules: MODULES, templates: templateRules() };

function parse(content: string, files = FILES): CheckedPlaybooks {
  const { playbooks, faults } = readPlaybooks(rules, [{ name: "site.yml", content }], files);
  if (faults.length > 0) throw new Error(faults.map(formatFault).join("\n"));
  return playbooks;
}

const host = (group: string, ip: string): InventoryHost => ({
  address: ip,
  user: "root",
  hostKeys: [],
  groups: [group],
  vars: { ip },
  machineId: ip,
});
const HOSTS = {
  "etcd-0": host("etcd", "10.0.0.1"),
  "etcd-1": host("etcd", "10.0.0.2"),
  "worker-0": host("worker", "10.0.0.3"),
};
const PLAYS = `
- hosts: etcd
  tasks:
    - template: {src: members.j2, dest: /etc/members}
- hosts: all
  tasks:
    - copy: {src: mirror, dest: /etc/mirror}
`;

function digest(content = PLAYS, input: Partial<DigestInput> = {}): HostDigests {
  const files = input.files ?? FILES;
  const all = { inventory: HOSTS, vars: {}, ...input, files };
  return digestAll(parse(content, new Map(files)), all, MODULES);
}

/** Names of the hosts whose digests differ. */
function changed(left: HostDigests, right: HostDigests): string[] {
  const names = Object.keys({ ...left, ...right }).sort();
  return names.filter((it) => it in left && it in right && left[it] !== right[it]);
}

test("digestAll() is the same for the same input", () => {
  expect(digest()).toEqual(digest());
  expect(digest()["etcd-0"]).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("digestAll() leaves etcd members alone when a worker comes", () => {
  const more = { ...HOSTS, "worker-1": host("worker", "10.0.0.9") };

  expect(changed(digest(), digest(PLAYS, { inventory: more }))).toEqual([]);
});

test("digestAll() touches every etcd member, and no worker, when a member comes or goes", () => {
  const more = { ...HOSTS, "etcd-2": host("etcd", "10.0.0.9") };
  const { "etcd-1": _, ...less } = HOSTS;

  expect(changed(digest(), digest(PLAYS, { inventory: more }))).toEqual(["etcd-0", "etcd-1"]);
  expect(changed(digest(), digest(PLAYS, { inventory: less }))).toEqual(["etcd-0"]);
});

test("digestAll() touches the members when one changes its address, and the one that changes alone when nobody reads it", () => {
  const member = { ...HOSTS, "etcd-1": host("etcd", "10.0.0.9") };
  const worker = { ...HOSTS, "worker-0": host("worker", "10.0.0.9") };

  expect(changed(digest(), digest(PLAYS, { inventory: member }))).toEqual(["etcd-0", "etcd-1"]);
  expect(changed(digest(), digest(PLAYS, { inventory: worker }))).toEqual(["worker-0"]);
});

test("digestAll() sees a new machine behind the same name", () => {
  const again = { ...HOSTS, "worker-0": { ...HOSTS["worker-0"], machineId: "other" } };

  expect(changed(digest(), digest(PLAYS, { inventory: again }))).toEqual(["worker-0"]);
});

test("digestAll() sees the files that a host's plays can reach, and no others", () => {
  const with_ = (path: string): HostDigests =>
    digest(PLAYS, { files: new Map([...FILES, [path, "other {{ 1 }}"]]) });

  expect(changed(digest(), with_("templates/members.j2"))).toEqual(["etcd-0", "etcd-1"]);
  expect(changed(digest(), with_("files/mirror"))).toEqual(Object.keys(HOSTS));
  expect(changed(digest(), with_("files/unused"))).toEqual([]);
});

test("digestAll() sees plays and variables of the run", () => {
  const play = PLAYS.replace("/etc/members", "/etc/other");

  expect(changed(digest(), digest(play))).toEqual(["etcd-0", "etcd-1"]);
  expect(changed(digest(), digest(PLAYS, { vars: { a: 1 } }))).toEqual(Object.keys(HOSTS));
});

test("digestAll() does not see comments and the order of keys", () => {
  const same = PLAYS.replace(
    "{src: mirror, dest: /etc/mirror}",
    "{dest: /etc/mirror, src: mirror}",
  );

  expect(digest(`# comment\n${same}`)).toEqual(digest());
});

/** Ways to read other hosts, and whose coming must then be seen by a host of group etcd. */
const READS: readonly (readonly [text: string, sees: readonly string[]])[] = [
  ["plain", []],
  ["{{ groups['etcd'] }}", ["etcd"]],
  ["{{ groups.worker | length }}", ["worker"]],
  ["{{ groups['all'] }}", ["etcd", "worker"]],
  ["{{ groups }}", ["etcd", "worker"]],
  ["{{ groups[name] }}", ["etcd", "worker"]],
  ["{{ groups.get('worker') }}", ["etcd", "worker"]],
  ["{{ hostvars[inventory_hostname].ip }}", []],
  ["{{ hostvars[groups['worker'][0]].ip }}", ["worker"]],
  ["{{ hostvars[groups['worker'] | first].ip }}", ["worker"]],
  ["{{ hostvars[name].ip | default('') }}", ["etcd", "worker"]],
  ["{{ hostvars | length }}", ["etcd", "worker"]],
  ["{{ hostvars.keys() | list }}", ["etcd", "worker"]],
  ["{{ groups['etcd'] | map('extract', hostvars, 'ip') | list }}", ["etcd"]],
  ["{{ names | map('extract', hostvars, 'ip') | list }}", ["etcd", "worker"]],
  ["{% for h in groups['etcd'] if h != 'x' %}{{ hostvars[h].ip }}{% endfor %}", ["etcd"]],
  ["{% for h in names %}{{ hostvars[h].ip }}{% endfor %}", ["etcd", "worker"]],
  [
    "{% for h in groups['etcd'] %}{% set h = 'worker-0' %}{{ hostvars[h].ip }}{% endfor %}",
    ["etcd", "worker"],
  ],
  ["{{ play_hosts }}", ["etcd"]],
  ["{{ ansible_play_hosts_all | length }}", ["etcd"]],
  ["{{ indirect }}", ["worker"]],
  ["{{ dict['groups'] | default('groups') }}", ["etcd", "worker"]],
];

test.each(READS)("digestAll() sees who comes when a play reads %j", (text, sees) => {
  const content = [
    "- hosts: etcd",
    '  vars: {name: x, names: [x], dict: {}, indirect: "{{ groups.worker }}"}',
    "  tasks:",
    `    - debug: {msg: ${JSON.stringify(text)}}`,
  ].join("\n");
  // The play's own variables are read as well, so what they read is left out where it is not asked for.
  const plain = text.includes("indirect") ? content : content.replace(/, indirect: "[^"]*"/, "");
  const before = digest(plain);
  const comes = (group: string): HostDigests =>
    digest(plain, { inventory: { ...HOSTS, new: host(group, "10.0.0.9") } });

  const seen = ["etcd", "worker"].filter((it) => changed(before, comes(it)).includes("etcd-0"));

  expect(seen).toEqual(sees);
});

test("digestAll() follows a loop's items and the variables of the hosts that are read", () => {
  const content = `
- hosts: etcd
  tasks:
    - debug: {msg: "{{ hostvars[item].ip }}"}
      loop: "{{ groups['etcd'] }}"
`;
  const hosts = { ...HOSTS, "etcd-1": { ...HOSTS["etcd-1"], vars: { ip: "{{ groups.worker }}" } } };
  const new_ = { new: host("worker", "10.0.0.9") };

  const plain = changed(digest(content), digest(content, { inventory: { ...HOSTS, ...new_ } }));
  const through = changed(
    digest(content, { inventory: hosts }),
    digest(content, { inventory: { ...hosts, ...new_ } }),
  );

  expect(plain).toEqual([]);
  expect(through).toEqual(["etcd-0", "etcd-1"]);
});

test("digestAll() gives nothing for what depends on a host that is not known yet", () => {
  const unknown = (groups: readonly string[] | undefined): UnknownHost => ({
    unknown: true,
    groups,
  });
  const known = (input: Readonly<Record<string, InventoryHost | UnknownHost>>): string[] =>
    Object.entries(digest(PLAYS, { inventory: { ...HOSTS, ...input } }))
      .filter(([, it]) => it !== undefined)
      .map(([name]) => name);

  expect(known({ new: unknown(["worker"]) })).toEqual(["etcd-0", "etcd-1", "worker-0"]);
  expect(known({ new: unknown(["etcd"]) })).toEqual(["worker-0"]);
  expect(known({ new: unknown(undefined) })).toEqual(["worker-0"]);
});

test("digestAll() does not depend on the order of hosts, variables and files", () => {
  const shuffled = <T>(entries: readonly (readonly [string, T])[]): fc.Arbitrary<[string, T][]> =>
    fc.shuffledSubarray(
      entries.map(([key, it]): [string, T] => [key, it]),
      { minLength: entries.length },
    );
  const vars = { a: 1, b: [1, 2], c: { d: 1, e: 2 } };

  fc.assert(
    fc.property(
      shuffled(Object.entries(HOSTS)),
      shuffled(Object.entries(vars)),
      shuffled([...FILES]),
      (hosts, variables, files) => {
        const input = { vars: Object.fromEntries(variables), files: new Map(files) };

        expect(digest(PLAYS, { ...input, inventory: Object.fromEntries(hosts) })).toEqual(
          digest(PLAYS, { vars }),
        );
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  [`script: "'a b.sh' x"`, "files/a b.sh"],
  ["script: {cmd: '{{ x }}.sh'}", "files/a b.sh"],
  ["assemble: {src: parts, dest: /x, remote_src: false}", "files/parts/one"],
])("digestAll() sees the file that %j reads", (task, file) => {
  const of = (content: string) =>
    digest(`- hosts: all\n  tasks:\n    - ${task}\n`, { files: new Map([[file, content]]) });

  expect(changed(of("one"), of("one"))).toEqual([]);
  expect(changed(of("one"), of("two"))).toEqual(Object.keys(HOSTS));
});

const READERS: readonly { readonly play: string; readonly reads: readonly string[] }[] = [
  { play: "debug: {msg: \"{{ lookup('file', 'x.txt') }}\"}", reads: ["files/x.txt"] },
  { play: "debug: {msg: \"{{ query('template', 'x.j2') }}\"}", reads: ["x.j2", "inner.j2"] },
  { play: "template: {src: x.j2, dest: /x}", reads: ["x.j2", "inner.j2"] },
  { play: "debug: {msg: '{{ item }}'}\n      with_file: [x.txt]", reads: ["files/x.txt"] },
  {
    play: "debug: {msg: '{{ lookup(kind, one) }}'}",
    reads: ["files/x.txt", "files/unread", "x.j2", "inner.j2"],
  },
  { play: "debug: {msg: '{{ from_host }}'}", reads: ["files/of-host"] },
  { play: "debug: {msg: lookup}", reads: [] },
];
const READ_FILES: Readonly<Record<string, string>> = {
  "files/x.txt": "x",
  "files/unread": "x",
  "files/of-host": "x",
  "x.j2": "{% include 'inner.j2' %}",
  "inner.j2": "inner",
};

test.each(READERS)("digestAll() sees the files that $play reads", ({ play, reads }) => {
  const digestOf = (files: Readonly<Record<string, string>>): string | undefined => {
    const travelling = new Map(Object.entries(files));
    const content = `- hosts: all\n  tasks:\n    - ${play}\n`;
    const inventory = { a: { ...host("g", "10.0.0.1"), vars } };
    const input: DigestInput = { inventory, vars: {}, files: travelling };
    return digestAll(parse(content, travelling), input, MODULES).a;
  };
  const vars = play.includes("from_host") ? { from_host: "{{ lookup('file', 'of-host') }}" } : {};
  const before = digestOf(READ_FILES);
  const seen = Object.keys(READ_FILES).filter(
    (it) => digestOf({ ...READ_FILES, [it]: `${READ_FILES[it] ?? ""}!` }) !== before,
  );

  expect(seen).toEqual(expect.arrayContaining([...reads]));
  if (!play.includes("kind")) expect(seen.sort()).toEqual([...reads].sort());
});

test("every file that a template of vars_files may name is part of the digest, and no other", () => {
  const content = `
- hosts: all
  vars_files:
    - ["vars/{{ ansible_facts.distribution }}.yml", vars/default.yml]
  tasks:
    - debug: {msg: "{{ from }}"}
`;
  const given = new Map([
    ["vars/Debian.yml", "from: Debian"],
    ["vars/default.yml", "from: default"],
    ["vars/other/x.yml", "from: x"],
    ["files/y.yml", "from: y"],
  ]);
  const whole = digest(content, { files: given });
  const with1 = (path: string, text: string): HostDigests =>
    digest(content, { files: new Map([...given, [path, text]]) });

  expect(changed(whole, with1("vars/Debian.yml", "from: Devuan"))).toEqual(Object.keys(HOSTS));
  expect(changed(whole, with1("vars/default.yml", "from: x"))).toEqual(Object.keys(HOSTS));
  expect(changed(whole, with1("vars/Alpine.yml", "from: x"))).toEqual(Object.keys(HOSTS));
  expect(changed(whole, with1("files/y.yml", "from: x"))).toEqual([]);
});

test("a variable of a file that vars_files may name can read other hosts", () => {
  const content = `
- hosts: worker
  vars_files: "vars/{{ kind }}.yml"
  tasks:
    - copy: {content: "{{ peer }}", dest: /etc/peer}
`;
  const given = new Map([["vars/a.yml", "peer: \"{{ hostvars['etcd-0'].ip }}\""]]);
  const before = digest(content, { files: given });
  const inventory = { ...HOSTS, "etcd-0": host("etcd", "10.0.0.9") };

  expect(changed(before, digest(content, { files: given, inventory }))).toEqual(["worker-0"]);
});
