/** `armstead play` behind a bastion, and with a key that has a passphrase, on real SSH servers. */
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newFolder, runHere } from "../../support/command-line";
import { type Sshd, startSshd } from "../../support/sshd";

const PASSPHRASE = "open sesame";
let bastion: Sshd;
let node: Sshd;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  [bastion, node] = await Promise.all([startSshd(), startSshd()]);
  folder = newFolder();
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };
  copyFileSync(node.keyFile, path.join(folder, "locked"));
  const how = ["-q", "-p", "-a", "1", "-P", "", "-N", PASSPHRASE, "-f", "locked"];
  execFileSync("ssh-keygen", how, { cwd: folder });
  const here = `ansible_host=${node.address} ansible_port=${node.port} ansible_user=${node.user}`;
  const jump = `-o ProxyJump=${bastion.user}@${bastion.address}:${bastion.port}`;
  write("hosts", `a ${here} ansible_ssh_common_args="${jump}"\n`);
  const known = [bastion, node].map((it) => `[${it.address}]:${it.port} ${it.hostKeys[0]}\n`);
  write("known", known.join(""));
  write("site.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.ping: }]\n");
  const parts = { address: bastion.address, port: bastion.port, user: bastion.user };
  const inputs = {
    hosts: {
      a: {
        ...{ address: node.address, port: node.port, user: node.user, host_keys: node.hostKeys },
        bastion: { ...parts, host_keys: bastion.hostKeys, private_key_path: bastion.keyFile },
      },
    },
    private_key_path: "locked",
  };
  const { bastion: own, ...straight } = inputs.hosts.a;
  const all = { ...inputs, hosts: { a: { ...straight, bastion: null } }, bastion: own };
  const encode = (it: object): string => Buffer.from(JSON.stringify(it)).toString("base64");
  environment = { INPUTS_0: encode(inputs), ALL_0: encode(all) };
});

afterAll(async () => {
  await Promise.all([bastion.stop(), node.stop()]);
});

const KEYS = ["--private-key", "locked", "--known-hosts", "known"];

test("a host behind a bastion is reached with keys of their own, out of files and environment", async () => {
  writeFileSync(path.join(folder, "word"), `${PASSPHRASE}\n`);
  const more = { ARMSTEAD_BASTION_PRIVATE_KEY_FILE: bastion.keyFile };

  const words = ["play", "site.yml", "-i", "hosts", ...KEYS, "--passphrase-file", "word"];
  const { code, stdout } = await runHere(words, { folder, environment: more });

  expect(stdout).toMatch(/^a +ok/m);
  expect(code).toBe(0);
});

test("a key logs in by the certificate beside it, and it is said why when it does not", async () => {
  const sign = (validity: string): void => {
    const words = ["-q", "-s", "ca", "-I", "of the test", "-n", node.user, "-V", validity];
    execFileSync("ssh-keygen", [...words, "ours.pub"], { cwd: folder });
  };
  for (const name of ["ca", "ours"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", name], { cwd: folder });
  }
  const ca = readFileSync(path.join(folder, "ca.pub"), "utf8");
  const certified = await startSshd();
  try {
    writeFileSync(path.join(certified.folder, "auth", "authorized_keys"), `cert-authority ${ca}`);
    const place = `[${certified.address}]:${certified.port}`;
    writeFileSync(path.join(folder, "of-ca"), `${place} ${certified.hostKeys[0]}\n`);
    const list = `${certified.address}:${certified.port},`;
    const words = ["play", "site.yml", "-i", list, "-u", certified.user];
    const keys = ["--private-key", "ours", "--known-hosts", "of-ca"];

    sign("-1h:+1h");
    const valid = await runHere([...words, ...keys], { folder });
    sign("20200101:20200102");
    const expired = await runHere([...words, ...keys], { folder });

    expect(valid.code).toBe(0);
    expect(expired.stdout).toMatch(/AS2205 .*the certificate "of the test" expired at 2020-01-0/);
  } finally {
    await certified.stop();
  }
});

test.each(["INPUTS", "ALL"])("a null resource hands bastions over: %s", async (name) => {
  const more = { ...environment, ARMSTEAD_SSH_PASSPHRASE: PASSPHRASE };

  const { code, stdout } = await runHere(["play", "site.yml", "-i", `env:${name}`], {
    folder,
    environment: more,
  });

  expect(code).toBe(0);
  expect(stdout).toMatch(/^a +ok/m);
});

test.each([
  ["no passphrase", {}, /AS2215/],
  ["a wrong passphrase", { ARMSTEAD_SSH_PASSPHRASE: "closed sesame" }, /AS2216/],
])("%s is told, and nothing of it is shown", async (_, more, expected) => {
  const { code, stdout, stderr } = await runHere(["play", "site.yml", "-i", "env:INPUTS"], {
    folder,
    environment: { ...environment, ...more },
  });

  expect(code).toBe(1);
  expect(stdout).toMatch(expected);
  expect(stdout + stderr).not.toContain("closed sesame");
});
