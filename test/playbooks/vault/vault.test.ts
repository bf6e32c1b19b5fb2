/** Vaults that the real ansible-vault made. */
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { Secret } from "../../../core/secret";
import { isVault, readEnvelope } from "../../../playbooks/vault/envelope";
import { Vault, type VaultPassword } from "../../../playbooks/vault/vault";

const made = (name: string): string => readFileSync(path.join(__dirname, "made", name), "utf8");
const password = (text: string, id?: string): VaultPassword => ({
  password: new Secret(text),
  ...(id === undefined ? {} : { id }),
});
const RIGHT = password("correct horse");
const OTHER = password("other", "dev");
const CONTENT = "db_password: s3cret-value\nport: 5432\n";

test.each<[string, string]>([
  ["v1.1.yml", CONTENT],
  ["v1.2-prod.yml", CONTENT],
  ["v1.2-dev.yml", CONTENT],
  ["empty.txt", ""],
  ["one-block.txt", "0123456789abcdef"],
  ["long.txt", "é".repeat(5000)],
])("Vault opens %s", (name, content) => {
  const vault = new Vault([RIGHT, OTHER]);

  const opened = vault.open(made(name));

  expect(opened).toMatchObject({ kind: "open" });
  expect(opened.kind === "open" && opened.content.toString("utf8")).toBe(content);
});

test("Vault opens bytes that are no text", () => {
  const opened = new Vault([RIGHT]).open(made("binary.bin"));

  expect(opened).toEqual({ kind: "open", content: Buffer.from([0xff, 0xfe]) });
});

const whole = made("v1.1.yml");
const position = { file: "a.yml", line: 3, column: 5 };

test.each<[string, string, readonly VaultPassword[], string]>([
  ["another password", whole, [OTHER], "AS1415"],
  ["no password", whole, [], "AS1415"],
  ["the label of another one", made("v1.2-prod.yml"), [password("other", "prod")], "AS1415"],
  [
    "a changed digit",
    whole.replace(/(\d)(\d*\n)$/, (_, a: string, b: string) => `${(Number(a) + 1) % 10}${b}`),
    [RIGHT],
    "AS1415",
  ],
  ["a lost line", whole.split("\n").slice(0, -2).join("\n"), [RIGHT], "AS1415"],
  ["an odd end", whole.trim().slice(0, -1), [RIGHT], "AS1416"],
  ["the header alone", "$ANSIBLE_VAULT;1.1;AES256\n", [RIGHT], "AS1416"],
  ["another cipher", whole.replace("AES256", "AES"), [RIGHT], "AS1416"],
  ["another format", whole.replace("1.1", "1.0"), [RIGHT], "AS1416"],
])("Vault refuses %s", (_, text, passwords, code) => {
  const opened = new Vault(passwords).open(text, position);

  expect(opened).toMatchObject({ kind: "sealed", fault: { code, position } });
});

test("a fault names the labels, and no password", () => {
  const opened = new Vault([password("very-secret", "dev"), RIGHT]).open(
    made("v1.2-prod.yml").replace(/36/g, "37"),
  );

  expect(JSON.stringify(opened)).not.toMatch(/very-secret|correct horse/);
});

test("readEnvelope() answers to any text", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (header, body) => {
      const text = `$ANSIBLE_VAULT;${header}\n${body}`;
      expect(isVault(text)).toBe(true);
      expect(["string", "object"]).toContain(typeof readEnvelope(text));
    }),
    { numRuns: 300 },
  );
});
