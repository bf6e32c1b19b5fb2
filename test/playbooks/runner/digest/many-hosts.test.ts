/** Many hosts are digested with little more work than a few: what they read alike is put together once. */
import { readPlaybooks } from "../../../../playbooks/model/parse-playbooks";
import { allReads, prepareDigests } from "../../../../playbooks/runner/digest/digest-hosts";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { templateRules } from "../../../../playbooks/runner/template/rules";

const PLAY = `
- hosts: all
  tasks:
    - debug: {msg: "{{ groups['one'] }} {{ peers }} {{ gate }}"}
`;

test("hosts whose variables read the same of others share one object of it", () => {
  const rules = { modules: MODULES, templates: templateRules() };
  const { playbooks } = readPlaybooks(rules, [{ name: "site.yml", content: PLAY }], new Map());
  const peers = "{{ groups['two'] | map('extract', hostvars, 'ip') }}";
  const host = { address: "10.0.0.1", user: "root", hostKeys: [], groups: ["one"] };
  const inventory = {
    a: { ...host, vars: { peers, gate: "x" } },
    b: { ...host, vars: { peers, gate: "y" } },
    c: { ...host, vars: { peers, gate: "{{ hostvars['a'].ip }}" } },
    d: { ...host, vars: {} },
  };

  const input = { inventory, vars: {}, files: new Map<string, string>() };
  const { digesting, plays } = prepareDigests(playbooks, input, MODULES);
  const read = Object.keys(inventory).flatMap((name) =>
    plays.map((play) => allReads(digesting, name, play)),
  );

  expect(read[0]).toBe(read[1]);
  expect(new Set(read).size).toBe(3);
  expect(read[0]?.groups).toEqual(new Set(["one", "two"]));
});
