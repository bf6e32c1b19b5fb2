/** The demo's own key: made once, for its owner only, and good for ssh. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureKeyPair } from "../../demo/key-pair";
import { type DemoFiles, demoFiles } from "../../demo/settings";

let files: DemoFiles;

beforeEach(() => {
  files = demoFiles(mkdtempSync(path.join(tmpdir(), "demo-")));
});

const modeOf = (file: string): number => statSync(file).mode & 0o777;
const read = (file: string): string => readFileSync(file, "utf8");

test("ensureKeyPair() makes a key of which ssh derives the same public half", () => {
  ensureKeyPair(files);

  const derived = execFileSync("ssh-keygen", ["-y", "-f", files.privateKey], { encoding: "utf8" });
  const [type, blob] = derived.trim().split(" ");
  expect(read(files.publicKey)).toBe(`${type} ${blob} armstead-demo\n`);
  expect(type).toBe("ssh-ed25519");
});

test("ensureKeyPair() lets nobody else see the private half", () => {
  ensureKeyPair(files);

  expect(modeOf(files.privateKey)).toBe(0o600);
  expect(modeOf(files.folder)).toBe(0o700);
});

test("ensureKeyPair() leaves a pair alone that is there", () => {
  ensureKeyPair(files);
  const before = [read(files.privateKey), read(files.publicKey)];

  ensureKeyPair(files);

  expect([read(files.privateKey), read(files.publicKey)]).toEqual(before);
});

test.each(["privateKey", "publicKey"] as const)(
  "ensureKeyPair() makes both anew when %s is missing",
  (missing) => {
    ensureKeyPair(files);
    const before = read(files.publicKey);
    rmSync(files[missing]);

    ensureKeyPair(files);

    const derived = execFileSync("ssh-keygen", ["-y", "-f", files.privateKey], {
      encoding: "utf8",
    });
    expect(read(files.publicKey)).not.toBe(before);
    expect(read(files.publicKey)).toContain(derived.trim().split(" ")[1]);
    expect(modeOf(files.privateKey)).toBe(0o600);
  },
);

test("ensureKeyPair() fails where it cannot write", () => {
  writeFileSync(path.join(path.dirname(path.dirname(files.folder)), ".armstead"), "");

  expect(() => {
    ensureKeyPair(files);
  }).toThrow(/EEXIST|ENOTDIR/);
});
