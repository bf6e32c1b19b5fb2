/** Playbooks with vaults: closed for plans, open for runs, and never in an output. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Secret } from "../../../core/secret";
import { digestHosts, parseInventories, parsePlaybooks, Vault } from "../../../playbooks/playbooks";

const made = (name: string): string => readFileSync(path.join(__dirname, "made", name), "utf8");
const vaultOf = (...passwords: string[]): Vault =>
  new Vault(passwords.map((it) => ({ password: new Secret(it) })));
const RIGHT = "correct horse";
const PLAY = `- hosts: all
  vars_files: [secret.yml]
  tasks:
    - copy: {src: key.pem, dest: /etc/key}
`;
const sources = [{ name: "site.yml", content: PLAY }];
const files = new Map([
  ["secret.yml", made("v1.1.yml")],
  ["files/key.pem", made("long.txt")],
  ["files/unused", made("v1.2-dev.yml")],
  ["group_vars/all.yml", made("value.yml")],
]);

test("with the password, variables and files are read, and values of !vault are known as secrets", () => {
  const vault = vaultOf(RIGHT);

  const { playbooks, faults } = parsePlaybooks(sources, files, vault);

  expect(faults).toEqual([]);
  expect(playbooks.plays[0]?.vars).toEqual([{ db_password: "s3cret-value", port: 5432 }]);
  expect(playbooks.files?.get("files/key.pem")).toBe("é".repeat(5000));
  expect(playbooks.files?.get("files/unused")).toBe(made("v1.2-dev.yml"));
  const token = 'inner-Secret {{ port }} "q"';
  expect(playbooks.beside.groups.get("all")).toEqual({ token, key: "plain-secret-text" });
  expect(vault.values.map((it) => it.reveal())).toEqual([token, "plain-secret-text"]);
});

test("without the right password, all that is read is a fault", () => {
  const { faults } = parsePlaybooks(sources, files, vaultOf("wrong"));

  expect(
    faults.map((it) => `${it.position?.file ?? ""}:${it.position?.line ?? 0} ${it.code}`),
  ).toEqual([
    "secret.yml:1 AS1415",
    "group_vars/all.yml:1 AS1415",
    "group_vars/all.yml:8 AS1415",
    "files/key.pem:1 AS1415",
  ]);
});

test("for a plan everything stays closed, and digests tell one vault from another", () => {
  const digest = (given: ReadonlyMap<string, string>): unknown => {
    const { playbooks, faults } = parsePlaybooks(sources, given);
    expect(faults).toEqual([]);
    const host = { address: "a", user: "root", hostKeys: [], groups: [], vars: {} };
    return digestHosts(playbooks, { inventory: { a: host }, vars: {}, files: given }).a;
  };
  const other = (name: string): ReadonlyMap<string, string> =>
    new Map([...files, [name, made("v1.2-prod.yml")]]);

  const all = [files, other("secret.yml"), other("files/key.pem"), other("group_vars/all.yml")].map(
    digest,
  );

  expect(new Set(all).size).toBe(4);
  expect(digest(other("files/unused"))).toBe(all[0]);
  expect(JSON.stringify(parsePlaybooks(sources, files))).not.toMatch(
    /s3cret-value|plain-secret-text/,
  );
});

test("a template that is wrong in a value of !vault does not show the value", () => {
  const content = made("value.yml");
  const vault = vaultOf(RIGHT);

  const { faults } = parsePlaybooks(
    [
      {
        name: "site.yml",
        content: "- hosts: all\n  tasks: [{raw: '{{ plain-secret-text | nothing }}'}]\n",
      },
    ],
    new Map([["group_vars/all.yml", content]]),
    vault,
  );

  expect(faults).toHaveLength(1);
  expect(JSON.stringify(faults)).not.toContain("plain-secret-text");
});

test("inventories: whole files, values, and variables beside", () => {
  const source = (name: string, content: string) => ({ kind: "file" as const, name, content });
  const value = made("value.yml")
    .split("\n")
    .map((it) => `      ${it}`)
    .join("\n");
  const given = {
    sources: [
      source("hosts.yml", `all:\n  hosts:\n    a:\n${value}\n`),
      source("more", made("v1.1.yml")),
    ],
    folders: ["."],
    files: new Map([["host_vars/a.yml", made("v1.2-prod.yml")]]),
  };

  const { inventory } = parseInventories({ ...given, vault: vaultOf(RIGHT) });
  const wrong = parseInventories({ ...given, vault: vaultOf("x") });

  expect(inventory.a?.vars).toMatchObject({
    key: "plain-secret-text",
    db_password: "s3cret-value",
  });
  expect(wrong.faults.map((it) => it.code)).toEqual(["AS1415", "AS1415", "AS1415"]);
});
