/** `armstead play` with vaults, other forms of variables, and lists, on this machine: no SSH is needed. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Answer, newFolder, runHere } from "../../support/command-line";

const MADE = path.join(__dirname, "..", "..", "playbooks", "vault", "made");
let folder: string;

const SITE = `- hosts: web
  gather_facts: false
  vars_files: [secret.yml]
  tasks:
    - name: tell
      debug: { msg: "{{ port }} {{ key }} {{ a | default('no a') }} {{ b | default([]) }}" }
      tags: [words]
    - name: write
      copy: { src: long, dest: "{{ target }}" }
`;

beforeEach(() => {
  folder = newFolder();
  write("site.yml", SITE);
  write("hosts", "[web]\nw[1:2] ansible_connection=local\n");
  write("right", "correct horse\n");
  write("wrong", "another\n");
  write("group_vars/web.yml", "");
  copyFileSync(path.join(MADE, "value.yml"), path.join(folder, "group_vars", "web.yml"));
  copyFileSync(path.join(MADE, "v1.2-prod.yml"), path.join(folder, "secret.yml"));
  mkdirSync(path.join(folder, "files"));
  copyFileSync(path.join(MADE, "long.txt"), path.join(folder, "files", "long"));
});

const target = (): string => path.join(folder, "written");

test("files and values are decrypted, and values of !vault are in no output", async () => {
  const words = [
    "--vault-password-file",
    "prod@right",
    "-e",
    `target=${target()}`,
    "-e",
    "a='b c' d=1",
  ];

  const { code, stdout, stderr } = await play(...words, "--json", "--diff");

  expect(code).toBe(0);
  expect(stderr + stdout).not.toContain("plain-secret-text");
  expect(readFileSync(target(), "utf8")).toBe("é".repeat(5000));
});

test("a wrong password is told before any host is touched, with the place of every vault", async () => {
  const { code, stderr } = await play("--vault-password-file", "wrong", "-e", `target=${target()}`);

  expect(code).toBe(1);
  const lines = stderr.split("\n").map((it) => it.replace(/: .*/, ""));
  expect(lines).toEqual([
    expect.stringMatching(/^secret.yml:1:1 {2}AS1415/),
    expect.stringMatching(/^group_vars\/web.yml:1:\d+ {2}AS1415/),
    expect.stringMatching(/^group_vars\/web.yml:8:\d+ {2}AS1415/),
    expect.stringMatching(/^files\/long:1:1 {2}AS1415/),
    ...Array.from({ length: lines.length - 4 }, () => expect.any(String) as unknown),
  ]);
  expect(stderr).not.toContain("play web");
});

test("the password comes from a program, or from the environment", async () => {
  write("program", "#!/bin/sh\necho correct horse\n");
  chmodSync(path.join(folder, "program"), 0o755);
  const words = ["-e", `target=${target()}`];

  const answers = [
    await play("--vault-password-file", "program", ...words),
    await runHere(["play", "site.yml", "-i", "hosts", ...words], {
      folder,
      environment: { ANSIBLE_VAULT_PASSWORD_FILE: "right" },
    }),
    await play("--vault-id", "prod@program", ...words),
  ];

  expect(answers.map((it) => it.code)).toEqual([0, 0, 0]);
});

test.each<[string, string, string]>([
  ["nothing", "missing", "there is no such file"],
  ["an empty file", "empty", "it is empty"],
  ["a folder", "files", "reading it fails: EISDIR"],
  ["a program that fails", "fails", "it is executable, and ended with exit code 3"],
  ["a prompt", "prod@prompt", "nobody is asked: name a file"],
])("a password from %s is a fault", async (_, file, hint) => {
  write("empty", "\n");
  write("fails", "#!/bin/sh\necho secret; exit 3\n");
  chmodSync(path.join(folder, "fails"), 0o755);

  const { code, stderr } = await play("--vault-password-file", file, "-e", `target=${target()}`);

  expect({ code, stderr: stderr.split("\n")[0] }).toEqual({
    code: 1,
    stderr: `AS1417  a vault password cannot be read ${JSON.stringify(file)}; ${hint}`,
  });
});

test("variables come from files, braces and pairs; later ones win", async () => {
  write("vars.yml", "a: from file\nb: [1, two]\n");
  const words = [
    "-e",
    "@vars.yml",
    "-e",
    '{"b": {"c": 3}}',
    "-e",
    "a=pair",
    "-e",
    `target=${target()}`,
  ];

  const { code, stderr } = await play(
    "--vault-password-file",
    "right",
    ...words,
    "--tags",
    "words",
  );

  expect(code).toBe(0);
  expect(stderr).toContain("w1: tell: ok");
});

test.each<[string, string]>([
  ["@missing.yml", "AS1001"],
  ["@list.yml", "AS1005"],
  ["[1, 2]", "AS1005"],
  ['{"a b": 1}', "AS1005"],
  ["{", "AS1401"],
])("-e %s is a fault", async (given, code) => {
  write("list.yml", "- a\n");

  const { stderr } = await play("--vault-password-file", "right", "-e", given);

  expect(stderr).toContain(code);
});

test("--list-hosts and --list-tasks show what would be run", async () => {
  const { code, stdout } = await play(
    "--vault-password-file",
    "right",
    "--list-hosts",
    "--list-tasks",
    "--limit",
    "w2",
  );

  expect(code).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "play #1 (web): web",
    "  hosts (1):",
    "    w2",
    "  tasks:",
    "    tell  TAGS: [words]",
    "    write  TAGS: []",
    "",
  ]);
});

function play(...words: readonly string[]): Promise<Answer> {
  return runHere(["play", "site.yml", "-i", "hosts", ...words], { folder });
}

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}
