import { UNKNOWN } from "../../../../provider/framework/unknown";
import { Dynamic } from "../../../../provider/protocol/dynamic";
import type { Values } from "../../support/harness";
import { configOf, hostOf, PLAY, PlaybookWorld } from "./playbook-world";

const BYE = `- hosts: all
  become: true
  tasks:
    - ansible.builtin.command: "bye {{ hostvars['a'].token | default('none') }} {{ outer }}"
      when: "'other' in group_names"
`;

const BASTION = {
  address: "gate.example",
  port: null,
  user: null,
  host_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyOfTheBastion"],
  private_key_path: null,
};

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

describe("validate", () => {
  test.each<[string, Values, readonly string[]]>([
    ["a good config", {}, []],
    [
      "hosts and playbooks that are null",
      { hosts: { a: null }, playbooks: [null] },
      ["AS1811 playbooks 0", "AS1811 hosts a"],
    ],
    [
      "unknown values",
      {
        hosts: UNKNOWN,
        playbooks: UNKNOWN,
        vars: UNKNOWN,
        files: UNKNOWN,
        forks: UNKNOWN,
        drift: UNKNOWN,
      },
      [],
    ],
    [
      "unknown values inside",
      { hosts: { a: UNKNOWN, b: hostOf({ groups: UNKNOWN, port: UNKNOWN }) } },
      [],
    ],
    [
      "a word that is none of the allowed",
      { drift: "ful", on_failure: "panic" },
      ["AS1820 drift", "AS1820 on_failure"],
    ],
    [
      "numbers out of range",
      { forks: 0, hosts: { a: hostOf({ port: 70_000 }) } },
      ["AS1821 forks", "AS1821 hosts a"],
    ],
    [
      "bastions with keys and ports that are none",
      {
        bastion: { ...BASTION, host_keys: [] },
        hosts: { a: hostOf({ bastion: { ...BASTION, port: 0, host_keys: ["no key"] } }) },
      },
      ["AS1839 hosts a", "AS1838 hosts a", "AS1838 bastion host_keys"],
    ],
    [
      "bastions",
      {
        bastion: BASTION,
        hosts: { a: hostOf({ bastion: BASTION }), b: hostOf({ bastion: UNKNOWN }) },
      },
      [],
    ],
    ["variables that are no object", { vars: new Dynamic("string", "x") }, ["AS1822 vars"]],
    ["secrets without a version", { secret_vars: { a: "b" } }, ["AS1823 secret_vars"]],
    [
      "names that mean several things",
      { hosts: { all: hostOf(), "a b": hostOf(), g: hostOf({ groups: ["g"] }) } },
      ["AS1831 hosts all", "AS1831 hosts a b", "AS1831 hosts g"],
    ],
    [
      "a playbook that is no YAML",
      {
        playbooks: [
          { name: "x", content: PLAY },
          { name: "y", content: "- [" },
        ],
      },
      ["AS1401 playbooks 1"],
    ],
    [
      "a destroy playbook that is no list",
      { destroy_playbooks: [{ name: "bye", content: "a: b" }] },
      ["AS1405 destroy_playbooks 0"],
    ],
    [
      "a destroy playbook that reads a secret, by itself, through a variable, and to become root",
      {
        secret_vars: { token: "a", inner: "b", ansible_become_password: "c", other: "d" },
        secret_vars_version: 1,
        vars: new Dynamic(["object", { outer: "string" }], { outer: "{{ inner }}" }),
        destroy_playbooks: [{ name: "bye.yml", content: BYE }],
      },
      ["AS1832 destroy_playbooks", "AS1832 destroy_playbooks", "AS1832 destroy_playbooks"],
    ],
    [
      "secrets that no destroy playbook reads",
      {
        secret_vars: { other: "d", ansible_become_password: "c" },
        secret_vars_version: 1,
        destroy_playbooks: [{ name: "bye.yml", content: BYE.replace("become: true", "") }],
      },
      [],
    ],
  ])("%s", async (_, parts, expected) => {
    const { diagnostics = [] } = await world.harness.validate(configOf(parts));

    const found = diagnostics.map(({ summary = "", attribute }) => {
      const steps = attribute?.steps ?? [];
      const words = steps.map(
        (it) => it.attribute_name ?? it.element_key_string ?? String(it.element_key_int),
      );
      return [summary.slice(0, 6), ...words].join(" ");
    });
    expect(found).toEqual(expected);
  });

  test("shows line and column in the playbook", async () => {
    const content = PLAY.replace("hosts: all", "hosts: all\n  wrong_word: 1");

    const { diagnostics = [] } = await world.harness.validate(
      configOf({ playbooks: [{ name: "play.yml", content }] }),
    );

    expect(diagnostics[0]?.detail).toContain("play.yml:2:3");
  });
});
