/** Which travelling files a host's digest is made of. */
import {
  digestAll,
  type DigestInput,
  type HostDigests,
} from "../../../../playbooks/runner/digest/digest-hosts";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { changed, digest, host, HOSTS, parse } from "./digest-world";

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
