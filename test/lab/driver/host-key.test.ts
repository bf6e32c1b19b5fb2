import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { utils } from "ssh2";
import { ensureHostKey } from "../../../lab/driver/host-key";

const file = path.join(mkdtempSync(path.join(tmpdir(), "key-")), "hostkey.pem");

test("ensureHostKey() makes a key once, readable by nobody else", async () => {
  const [first, again] = [await ensureHostKey(file), await ensureHostKey(file)];

  expect(again).toEqual(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("ensureHostKey() tells the public half as OpenSSH writes it", async () => {
  const { publicLine } = await ensureHostKey(file);

  const parsed = utils.parseKey(publicLine);
  expect(parsed).not.toBeInstanceOf(Error);
  expect(publicLine).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/);
});

test("ensureHostKey() puts both halves into dropbear's form", async () => {
  const { publicLine, dropbear } = await ensureHostKey(file);

  const wire = Buffer.from(publicLine.split(" ")[1] ?? "", "base64");
  expect(dropbear.length).toBe(4 + 11 + 4 + 64);
  expect(dropbear.subarray(0, 15)).toEqual(wire.subarray(0, 15));
  expect(dropbear.subarray(-32)).toEqual(wire.subarray(-32));
});
