import { createHmac } from "node:crypto";
import { KnownHosts } from "../../playbooks/known-hosts";

const ONE = "ssh-ed25519 AAAAone";
const TWO = "ssh-rsa AAAAtwo";
const THREE = "ecdsa-sha2-nistp256 AAAAthree";
const hashed = (name: string): string => {
  const salt = Buffer.from("0123456789abcdefghij");
  const hash = createHmac("sha1", salt).update(name).digest("base64");
  return `|1|${salt.toString("base64")}|${hash}`;
};

test.each([
  ["a plain name", `alpha ${ONE} comment`, "alpha", 22],
  ["one of several names", `beta,alpha,10.0.0.1 ${ONE}`, "alpha", 22],
  ["a name with a port", `[alpha]:2222 ${ONE}`, "alpha", 2222],
  ["a hashed name", `${hashed("alpha")} ${ONE}`, "alpha", 22],
  ["a hashed name with a port", `${hashed("[alpha]:2222")} ${ONE}`, "alpha", 2222],
  ["a pattern", `*.example ${ONE}`, "a.example", 22],
  ["upper case", `Alpha ${ONE}`, "alpha", 22],
])("KnownHosts.keysOf() finds %s", (_, text, host, port) => {
  expect(new KnownHosts(text).keysOf(host, port)).toEqual([ONE]);
});

test.each([
  ["another port", `alpha ${ONE}`, "alpha", 2222],
  ["a name that is excluded", `*.example,!b.example ${ONE}`, "b.example", 22],
  ["a dot that is no wildcard", `a.example ${ONE}`, "axexample", 22],
  ["a comment", `# alpha ${ONE}`, "alpha", 22],
  ["half a line", "alpha ssh-ed25519", "alpha", 22],
  ["a certificate authority", `@cert-authority alpha ${ONE}`, "alpha", 22],
  ["an empty file", "", "alpha", 22],
])("KnownHosts.keysOf() finds nothing in %s", (_, text, host, port) => {
  expect(new KnownHosts(text).keysOf(host, port)).toEqual([]);
});

test("KnownHosts leaves out a key that is revoked, and keeps the file's order", () => {
  const text = `alpha ${ONE}\n*lpha ${TWO}\n@revoked * ${ONE}\nalpha ${THREE}`;

  expect(new KnownHosts(text).keysOf("alpha", 22)).toEqual([TWO, THREE]);
});
