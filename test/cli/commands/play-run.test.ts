/** `armstead play` on a real SSH server: what it does there, what it says, and how it ends. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunReport } from "../../../playbooks/playbooks";
import { type Answer, newFolder, runHere } from "../../support/command-line";
import { freePort, type Sshd, startSshd } from "../../support/sshd";

let sshd: Sshd;
let folder: string;
let written: string;

const SITE = `- hosts: all
  gather_facts: false
  tasks:
    - name: write
      ansible.builtin.copy: { src: motd, dest: "{{ dest }}", mode: "0600" }
      tags: [files]
    - name: greet
      ansible.builtin.debug: { msg: "hello {{ who | default('world') }}" }
      tags: [words]
`;
const FAIL = `- hosts: all
  gather_facts: false
  tasks:
    - name: give up
      ansible.builtin.command: { argv: [/bin/sh, -c, "echo no room >&2; exit 3"] }
`;

const PLACES = ["-i", "hosts.yml", "--known-hosts", "known"];

beforeAll(async () => {
  sshd = await startSshd();
});

afterAll(async () => {
  await sshd.stop();
});

beforeEach(async () => {
  folder = newFolder();
  written = path.join(sshd.folder, "written");
  rmSync(written, { force: true });
  const here = `ansible_host: ${sshd.address}, ansible_port: ${sshd.port}, ansible_user: ${sshd.user}`;
  const nobody = await freePort();
  const nowhere = `ansible_host: 127.0.0.1, ansible_port: ${nobody}`;
  write("hosts.yml", `all:\n  hosts:\n    a: { ${here}, dest: ${written} }\n`);
  write(
    "both.yml",
    `all: { hosts: { a: { ${here}, dest: ${written} }, b: { ${nowhere}, dest: /x } } }\n`,
  );
  write("plays/site.yml", SITE);
  write("plays/files/motd", "welcome\n");
  write("fail.yml", FAIL);
  write("known", `[127.0.0.1]:${sshd.port},[127.0.0.1]:${nobody} ${sshd.hostKeys[0]}\n`);
});

test("armstead play changes what is to be changed, once, and tells it", async () => {
  const first = await play("plays/site.yml");
  const second = await play("plays/site.yml");

  expect(readFileSync(written, "utf8")).toBe("welcome\n");
  expect(first).toEqual({
    code: 0,
    stdout: [
      "host  status  ok  changed  skipped  failed  rescued  ignored",
      "a     ok      2   1        0        0       0        0\n",
    ].join("\n"),
    stderr: "play all: a\na: write: changed\n2 tasks ended; a: greet: ok\n",
  });
  expect(table(second)).toEqual({ a: ["ok", "2", "0", "0", "0", "0", "0"] });
});

test("armstead play --check --diff shows what would change, and changes nothing", async () => {
  const { code, stderr } = await play("plays/site.yml", "--check", "--diff");

  expect(code).toBe(0);
  expect(stderr).toContain("a: write: changed\n");
  expect(stderr).toMatch(/^\+welcome$/m);
  expect(existsSync(written)).toBe(false);
});

test("armstead play --json tells the run as data, with --quiet nothing else", async () => {
  const { code, stdout, stderr } = await play("plays/site.yml", "--json", "--quiet");

  const { hosts, milliseconds } = JSON.parse(stdout) as RunReport;
  expect(hosts).toEqual({
    a: expect.objectContaining({ status: "ok", ok: 2, changed: 1, changes: ["write"] }) as unknown,
  });
  expect(milliseconds).toBeGreaterThan(0);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("armstead play runs the tasks whose tags are asked for", async () => {
  const only = await play("plays/site.yml", "--tags", "words,others");
  const without = await play("plays/site.yml", "--skip-tags", "files");

  for (const answer of [only, without]) {
    expect(answer.stderr).toBe("play all: a\n1 task ended; a: greet: ok\n");
  }
  expect(existsSync(written)).toBe(false);
});

test("armstead play -e gives variables that win, the last one of a name most", async () => {
  const other = path.join(sshd.folder, "other = file");

  const { code } = await play("plays/site.yml", "-e", "dest=/nowhere/x", "-e", `dest=${other}`);

  expect(code).toBe(0);
  expect(existsSync(written)).toBe(false);
  expect(readFileSync(other, "utf8")).toBe("welcome\n");
});

test("armstead play --runner ansible runs what the own runner refuses", async () => {
  const odd = `- hosts: all
  gather_facts: false
  tasks:
    - name: write
      ansible.builtin.copy: { content: "{{ lookup('pipe', 'echo piped') }}", dest: "{{ dest }}" }
      vars: { ansible_python_interpreter: /usr/bin/python3 }
`;
  write("odd.yml", odd);
  const environment = { PATH: process.env.PATH };
  const words = ["play", "odd.yml", ...PLACES, "--private-key", sshd.keyFile];

  const refused = await runHere(words, { folder, environment });
  const { code, stderr } = await runHere([...words, "--runner", "ansible"], {
    folder,
    environment,
  });

  expect(refused.code).toBe(1);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "play all: a\na: write: changed\n" });
  expect(readFileSync(written, "utf8")).toBe("piped");
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
  ["inputs that are not there", ["-i", "env:INPUTS"], {}, "INPUTS_0"],
  ["inputs that are none", ["-i", "env:INPUTS"], { INPUTS_0: "e30=" }, "INPUTS_0"],
  ["a secret that is not there", [...["-i", "hosts.yml"], "--secret-var", "it"], {}, "TF_VAR_it"],
])("armstead play tells of %s", async (_name, words, environment, named) => {
  const answer = await runHere(["play", "plays/site.yml", ...words], { folder, environment });

  expect(answer.code).toBe(1);
  expect(answer.stderr).toMatch(new RegExp(`AS1004 .*${named}`));
});

test.each([
  ["where deploys write it", [], ".local/state/armstead/runs/site.jsonl"],
  ["into a file", ["--log", "my.log"], "my.log"],
  ["into a folder", ["--log", "logs/"], "logs/site.jsonl"],
])("armstead play writes its log %s", async (_name, words, file) => {
  await play("plays/site.yml", ...words);

  const text = readFileSync(path.join(folder, file), "utf8");
  expect(text.match(/"event":"[a-z.]+"/g)).toEqual(
    ["run.start", "play.start", "host.connected", "task.end", "task.end", "run.end"].map(
      (it) => `"event":"${it}"`,
    ),
  );
});

test("armstead play tells of a log that cannot be written, before it connects anywhere", async () => {
  const { code, stderr } = await play("plays/site.yml", "--log", "plays/site.yml/x");

  expect(code).toBe(1);
  expect(stderr).toContain("AS1002");
  expect(existsSync(written)).toBe(false);
});

test("armstead play fails when a host fails or cannot be reached, and still does the others", async () => {
  const both = await play("plays/site.yml", "-i", "both.yml");
  const limited = await play("plays/site.yml", "-i", "both.yml", "--limit", "a");
  const failed = await play("fail.yml");

  expect(both.code).toBe(1);
  expect(table(both).a).toEqual(["ok", "2", "1", "0", "0", "0", "0"]);
  expect(table(both).b?.[0]).toBe("unreachable");
  expect(both.stdout).toMatch(/^b .* AS2202 {2}the host refuses connections: b /m);
  expect(limited.code).toBe(0);
  expect(Object.keys(table(limited))).toEqual(["a"]);
  expect(failed.code).toBe(1);
  expect(table(failed).a?.[0]).toBe("failed");
  expect(failed.stderr).toMatch(/^a: give up: failed: non-zero return code/m);
});

test.each([
  ["a host that no file knows", (key: string) => `elsewhere ${key}\n`, "AS2204"],
  ["a host whose key is revoked", (key: string) => `* ${key}\n@revoked * ${key}\n`, "AS2204"],
  [
    "a host that shows another key",
    (key: string) => `* ${key.replace(/.{8}$/, "AAAAAAAA")}\n`,
    "AS2203",
  ],
])("armstead play does not log in to %s", async (_name, known, code) => {
  write("known", known(sshd.hostKeys[0] ?? ""));

  const answer = await play("plays/site.yml");

  expect(answer.code).toBe(1);
  expect(table(answer).a?.[0]).toBe("unreachable");
  expect(answer.stdout).toContain(`${code}  `);
  expect(existsSync(written)).toBe(false);
});

test("armstead play takes host keys from the user's own known_hosts, and keys from a file only", async () => {
  write(".ssh/known_hosts", readFileSync(path.join(folder, "known"), "utf8"));
  const words = ["plays/site.yml", "-i", "hosts.yml"];

  const withKey = await runHere(["play", ...words, "--private-key", sshd.keyFile], { folder });
  const without = await runHere(["play", ...words], { folder });

  expect(withKey.code).toBe(0);
  expect(without.code).toBe(1);
  expect(without.stdout).toContain("AS2211  no way to log in was given");
});

test("armstead play ends what runs on Ctrl-C, and tells how far it came", async () => {
  const stop = new AbortController();
  const begun = path.join(sshd.folder, "begun");
  write(
    "long.yml",
    `- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.shell: "touch ${begun}; exec sleep 1000"\n`,
  );
  const running = runHere(playWords("long.yml"), { folder, signal: stop.signal });
  while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 5));

  stop.abort(new Error("stopped"));
  const answer = await running;

  expect(answer.code).toBe(1);
  expect(table(answer)).toEqual({ a: ["cancelled", "0", "0", "0", "0", "0", "0"] });
  expect(answer.stderr).not.toMatch(/^ +at /m);
});

function playWords(playbook: string, ...more: readonly string[]): string[] {
  const inventory = more.includes("-i") ? [] : ["-i", "hosts.yml"];
  const access = ["--private-key", sshd.keyFile, "--known-hosts", "known"];
  return ["play", playbook, ...inventory, ...access, ...more];
}

function play(playbook: string, ...more: readonly string[]): Promise<Answer> {
  return runHere(playWords(playbook, ...more), { folder });
}

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The summary's cells by host: status and the counts, in the order of its head. */
function table({ stdout }: Answer): Record<string, string[]> {
  const [head = "", ...rows] = stdout.trimEnd().split("\n");
  expect(head.split(/ +/)).toEqual(
    "host status ok changed skipped failed rescued ignored".split(" "),
  );
  return Object.fromEntries(
    rows.map((row) => {
      const [name = "", ...cells] = row.split(/ +/);
      return [name, cells.slice(0, 7)];
    }),
  );
}
