/** `armstead play` with inputs that Terraform hands over by the environment, on a real SSH server. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newFolder, runHere } from "../../support/command-line";
import { type Sshd, startSshd } from "../../support/sshd";

let sshd: Sshd;
let folder: string;
let written: string;

beforeAll(async () => {
  sshd = await startSshd();
});

afterAll(async () => {
  await sshd.stop();
});

beforeEach(() => {
  folder = newFolder();
  written = path.join(sshd.folder, "written");
  rmSync(written, { force: true });
});

const TOKEN = `- hosts: all
  gather_facts: false
  tasks:
    - name: write {{ token }}
      ansible.builtin.copy: { content: "{{ token }}", dest: "{{ dest }}" }
`;
const COPY = `- hosts: all
  gather_facts: false
  tasks: [{ ansible.builtin.copy: { src: motd, dest: "{{ dest }}" } }]
`;

test("armstead play takes hosts, variables, key and secrets from the environment, as Terraform hands them", async () => {
  writeFileSync(path.join(folder, "token.yml"), TOKEN);
  const given = { ...handed(), vars: { dest: written } };

  const { code, stdout, stderr } = await runHere(
    ["play", "token.yml", "-i", "env:INPUTS", "--secret-var", "token", "--log", "log.jsonl"],
    { folder, environment: { ...pieces(given), TF_VAR_token: "s3cret word" } },
  );

  expect(code).toBe(0);
  expect(readFileSync(written, "utf8")).toBe("s3cret word");
  const log = readFileSync(path.join(folder, "log.jsonl"), "utf8");
  expect(log).toContain("(secret)");
  expect(log + stdout + stderr).not.toContain("s3cret");
});

test("armstead play takes playbooks from the environment too, where their files may be gone", async () => {
  const playbooks = [{ name: "plays/site.yml", content: COPY }];
  const files = { "plays/files/motd": "captured\n" };
  const given = { ...handed(), playbooks, files, vars: { dest: written } };

  const { code } = await runHere(["play", "-", "-i", "env:INPUTS"], {
    folder,
    environment: pieces(given),
  });

  expect(code).toBe(0);
  expect(readFileSync(written, "utf8")).toBe("captured\n");
});

/** What a null resource hands over, but for its playbooks. */
function handed(): object {
  const { address, port, user, hostKeys, keyFile } = sshd;
  const host = {
    address,
    port: String(port),
    user,
    host_keys: hostKeys,
    machine_id: "m",
    vars: {},
  };
  return { hosts: { a: { ...host, groups: ["web"] } }, private_key_path: keyFile };
}

function pieces(given: object): Record<string, string> {
  const text = Buffer.from(JSON.stringify(given)).toString("base64");
  return { INPUTS_0: text.slice(0, 50), INPUTS_1: text.slice(50) };
}
