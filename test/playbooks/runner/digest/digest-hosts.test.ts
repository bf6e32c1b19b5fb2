import fc from "fast-check";
import type { InventoryHost, UnknownHost } from "../../../../playbooks/model/inventory-host";
import type { HostDigests } from "../../../../playbooks/runner/digest/digest-hosts";
import { changed, digest, FILES, host, HOSTS, PLAYS } from "./digest-world";

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
