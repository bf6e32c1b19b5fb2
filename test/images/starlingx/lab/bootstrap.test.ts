import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { RULES } from "./bootstrap-cases";
import { LabNode } from "./lab-node";

const BOOTSTRAP = [
  "ansible-playbook",
  "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml",
] as const;
const PASSWORDS = "ansible_become_pass: Li69nux*\n";

let node: LabNode;

beforeEach(async () => {
  node = await LabNode.create();
});

afterEach(async () => {
  await node.remove();
});

test.concurrent.each(RULES)("taken: $name", async ({ type = "All-in-one", takes }) => {
  const own = await installed(type);

  for (const text of takes) {
    await own.writeOverrides(`${text}\n${PASSWORDS}`);
    const ended = await own.run(BOOTSTRAP);
    expect({ text, ...ended }).toMatchObject({ text, code: 0, stderr: "" });
  }
  expect(takes.length).toBeGreaterThan(0);
  await own.remove();
});

const REFUSING = RULES.filter(({ refuses }) => Object.keys(refuses).length > 0);

test.concurrent.each(REFUSING)("refused: $name", async ({ type = "All-in-one", refuses }) => {
  const own = await installed(type);

  for (const [text, says] of Object.entries(refuses)) {
    const passwords = text.startsWith("ansible_become_pass") ? "" : PASSWORDS;
    await own.writeOverrides(`${text}\n${passwords}`);
    const { code, stdout, stderr } = await own.run(BOOTSTRAP);
    expect({ text, code, stdout, stderr }).toEqual({
      ...{ text, code: 1, stdout: "" },
      stderr: expect.stringContaining(says) as string,
    });
  }
  expect(existsSync(path.join(own.root, "etc/platform/openrc"))).toBe(false);
  await own.remove();
});

test("scalars are read as Ansible reads them", async () => {
  for (const [written, read] of [
    ["plain words # and a comment", "plain words"],
    ['"quoted \\"words\\" # no comment"', 'quoted "words" # no comment'],
    ["'it''s: so'", "it's: so"],
    ['"a\\tb"', "a?b"],
    ["a#b", "a#b"],
  ] as const) {
    await node.writeOverrides(`description: ${written}\n${PASSWORDS}`);
    await node.ok(...BOOTSTRAP);
    const shown = await node.rows("system", "show");
    expect(shown.find((it) => it.Property === "description")?.Value).toBe(read);
  }
});

test("without any override the bootstrap misses the sudo password", async () => {
  expect(await node.refusal(...BOOTSTRAP)).toContain("Missing sudo password");
});

test("override files are read in Ansible's order, and the last one wins", async () => {
  await node.writeOverrides(
    "system_mode: duplex\nname: secret\nansible_become_pass: x\n",
    "secrets.yml",
  );
  await node.writeOverrides("name: site\nlocation: here\n", "site.yml");
  await node.writeOverrides("location: there\ndns_servers: [1.1.1.1]\n");

  await node.ok(...BOOTSTRAP);

  const shown = await node.rows("system", "show");
  const value = (name: string): unknown => shown.find((it) => it.Property === name)?.Value;
  expect([value("system_mode"), value("name"), value("location")]).toEqual([
    "duplex",
    "site",
    "there",
  ]);
});

test("a vault is not skipped but refused", async () => {
  await node.writeOverrides("$ANSIBLE_VAULT;1.1;AES256\n6162\n", "secrets.yml");

  expect(await node.refusal(...BOOTSTRAP)).toContain("no vault secrets found");
});

test("overrides may be elsewhere; other words of ansible-playbook are refused", async () => {
  const elsewhere = path.join(node.root, "over rides");
  await node.writeOverrides(PASSWORDS);
  await expect(node.ok(...BOOTSTRAP, "-e", `override_files_dir=${node.home}`)).resolves.toContain(
    "RECAP",
  );

  for (const [words, says] of [
    [["-e", `override_files_dir=${elsewhere}`], "Missing sudo password"],
    [["-e", "system_mode=duplex"], "takes no extra variable"],
    [["-i", "hosts"], "without an inventory"],
    [["--ask-vault-pass"], "cannot ask for a password"],
    [["other.yml"], "one playbook at a time"],
  ] as const) {
    expect(await node.refusal(...BOOTSTRAP, ...words)).toContain(says);
  }
  expect(await node.refusal("ansible-playbook", "bootstrap.yml")).toContain("could not be found");
});

test("a bootstrap leaves the markers and openrc, and no password anywhere", async () => {
  const secret = "Very-secret-1";
  await node.writeOverrides(`ansible_become_pass: ${secret}\nadmin_password: ${secret}\n`);

  await node.ok(...BOOTSTRAP);

  const openrc = await readFile(path.join(node.root, "etc/platform/openrc"), "utf8");
  const state = await node.ok("starlingx-lab", "state");
  const log = await readFile(path.join(node.root, "var/log/starlingx-lab.log"), "utf8");
  expect(existsSync(path.join(node.root, "etc/platform/.bootstrap_completed"))).toBe(true);
  expect(openrc).toContain("export OS_USERNAME=admin\n");
  expect(openrc + state + log).not.toContain(secret);
});

test("a second bootstrap begins anew until controller-0 was unlocked", async () => {
  await node.writeOverrides(PASSWORDS);
  await node.ok(...BOOTSTRAP);
  await node.ok("system", "host-if-modify", "controller-0", "enp1s0", "-c", "platform");

  await node.ok(...BOOTSTRAP);

  const interfaces = await node.rows("system", "host-if-list", "controller-0");
  expect(interfaces.map((it) => it.name)).toEqual(["lo"]);
});

test("a machine that no installer has seen is not the right image", async () => {
  await writeFile(path.join(node.root, "etc/platform/platform.conf"), "nodetype=controller\n");

  expect(await node.refusal(...BOOTSTRAP)).toContain("does not have the right image");
});

test("the low-latency kernel of installer or override counts on All-in-one only", async () => {
  const kernels: string[] = [];
  for (const [words, text] of [
    [["All-in-one"], PASSWORDS],
    [["All-in-one", "lowlatency"], PASSWORDS],
    [["All-in-one"], `${PASSWORDS}kernel: lowlatency\n`],
    [["Standard"], `${PASSWORDS}kernel: lowlatency\n`],
  ] as const) {
    const fresh = await LabNode.create();
    await fresh.ok("starlingx-lab", "install", ...words);
    await fresh.writeOverrides(text);
    await fresh.ok(...BOOTSTRAP);
    kernels.push(await fresh.ok("system", "host-kernel-show", "controller-0", "--format", "value"));
    await fresh.remove();
  }
  expect(kernels.map((it) => it.trim())).toEqual([
    "controller-0 standard standard",
    "controller-0 lowlatency lowlatency",
    "controller-0 lowlatency standard",
    "controller-0 standard standard",
  ]);
});

async function installed(type: string): Promise<LabNode> {
  const own = await LabNode.create();
  await own.ok("starlingx-lab", "install", type);
  return own;
}
