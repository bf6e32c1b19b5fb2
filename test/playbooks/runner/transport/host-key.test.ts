import {
  fingerprint,
  formatHostKey,
  isAllowedKey,
  keyAlgorithms,
} from "../../../../playbooks/runner/transport/host-key";

const BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIG4HJHWCPomh/IX9d4ysOxJcz4lrLRSA/XrQrrnte7tK";
const LINE = `ssh-ed25519 ${BLOB}`;

test("formatHostKey() writes the key as OpenSSH does", () => {
  expect(formatHostKey(Buffer.from(BLOB, "base64"))).toBe(LINE);
});

test("fingerprint() is what ssh-keygen prints", () => {
  expect(fingerprint(`${LINE} comment`)).toMatch(/^ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}$/);
});

test("isAllowedKey() does not mind comments and spaces", () => {
  expect(isAllowedKey(LINE, [`  ${LINE}   root@node `])).toBe(true);
  expect(isAllowedKey(LINE, ["ssh-ed25519 AAAA"])).toBe(false);
  expect(isAllowedKey(LINE, [])).toBe(false);
});

test("keyAlgorithms() asks for the types of the expected keys only", () => {
  expect(keyAlgorithms([LINE])).toEqual(["ssh-ed25519"]);
  expect(keyAlgorithms(["ssh-rsa AAAA", LINE])).toEqual([
    "ssh-ed25519",
    "rsa-sha2-512",
    "rsa-sha2-256",
  ]);
  expect(keyAlgorithms([])[0]).toBe("ssh-ed25519");
});
