import { spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { utils } from "ssh2";
import { ed25519Halves, newSshKeyPair, sshKeyPair } from "../../core/ssh-key-pair";

const folder = mkdtempSync(path.join(tmpdir(), "key-pair-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Bytes that are zero at an end are what encoders lose. */
const ODD: readonly (readonly [string, (key: KeyObject) => boolean])[] = [
  ["any key", () => true],
  ["a seed that begins with zero", (key) => ed25519Halves(key).seed[0] === 0],
  ["a seed that ends with zero", (key) => ed25519Halves(key).seed[31] === 0],
  ["a public half that begins with zero", (key) => ed25519Halves(key).point[0] === 0],
  ["a public half that ends with zero", (key) => ed25519Halves(key).point[31] === 0],
];

test.each(ODD)("ssh-keygen and ssh2 read %s, and find its public half", (_, isOdd) => {
  let { privateKey: key } = generateKeyPairSync("ed25519");
  while (!isOdd(key)) ({ privateKey: key } = generateKeyPairSync("ed25519"));

  const { publicKey, privateKey } = sshKeyPair(key);

  const file = path.join(folder, "id");
  writeFileSync(file, privateKey, { mode: 0o600 });
  const { stdout } = spawnSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" });
  expect(stdout.trim()).toBe(publicKey);
  const parsed = utils.parseKey(privateKey);
  expect(parsed).not.toBeInstanceOf(Error);
  expect(parsed).toMatchObject({ type: "ssh-ed25519", comment: "" });
});

test("every pair is another one", () => {
  const pairs = Array.from({ length: 20 }, () => newSshKeyPair().privateKey);

  expect(new Set(pairs).size).toBe(pairs.length);
});
