/** Vaults of a playbook resource: encrypted in plan and state, opened with passwords that are stored nowhere. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { configOf, DIGEST, PlaybookWorld, told } from "./playbook-world";

const made = (name: string): string =>
  readFileSync(path.join(__dirname, "..", "..", "..", "playbooks", "vault", "made", name), "utf8");
const PLAY = "- hosts: all\n  vars_files: [secret.yml]\n  tasks: [{raw: 'echo {{ port }}'}]\n";
const FILES = { "secret.yml": made("v1.1.yml"), "group_vars/all.yml": made("value.yml") };
const config = (passwords: Readonly<Record<string, string>> | null) =>
  configOf({
    playbooks: [{ name: "play.yml", content: PLAY }],
    files: FILES,
    vault_passwords: passwords,
  });
const RIGHT = { default: "correct horse" };

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

test("an apply opens them; what was encrypted and the passwords are in no state", async () => {
  const state = await world.create(config(RIGHT));

  expect(state).toMatchObject({ applied: { a: DIGEST, b: DIGEST }, files: FILES });
  expect(state.vault_passwords).toBeNull();
  expect(JSON.stringify(state)).not.toMatch(/s3cret-value|plain-secret-text|correct horse/);
});

test("a plan needs no password, and another vault is another digest", async () => {
  const before = await world.planned(null, config(null));
  const other = { ...FILES, "secret.yml": made("v1.2-prod.yml") };

  const after = await world.planned(null, { ...config(null), files: other });

  expect(before).toEqual({ a: DIGEST, b: DIGEST });
  expect(after.a).not.toEqual(before.a);
});

test.each([[{ default: "wrong" }], [null]])(
  "with the passwords %j no host is touched",
  async (passwords) => {
    const answer = await world.harness.change(null, config(passwords));

    expect(answer.state).toBeNull();
    expect(told(answer).every((it) => it.includes("vault"))).toBe(true);
    expect(told(answer)).toHaveLength(3);
    expect(world.hosts.asked).toEqual([]);
  },
);

test("a refresh without a password judges nothing, and says so; with a file it looks", async () => {
  const state = await world.create(config(RIGHT));
  const runs = world.hosts.asked.length;

  const without = await world.harness.read(state);
  const unasked = world.hosts.asked.length;
  const file = path.join(mkdtempSync(path.join(tmpdir(), "vault-")), "password");
  writeFileSync(file, "correct horse\n");
  world.environment.ANSIBLE_VAULT_PASSWORD_FILE = file;
  await world.harness.read(state);

  expect(told(without)).toEqual([expect.stringMatching(/^warning /)]);
  expect(unasked).toBe(runs);
  expect(world.hosts.asked.length).toBe(runs + 1);
});
