/** The way to a device's SSH server: what logs in at the bastion, and a look through a real one. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { scanHostKey } from "../../../../provider/resources/scan-host-key";
import type { BastionModel } from "../../../../provider/resources/bastion";
import { wayTo } from "../../../../provider/resources/device/way-to";
import { type Sshd, startSshd } from "../../../support/sshd";

const BASTION: BastionModel = {
  ...{ address: "gate.example", port: 22, user: "ops", host_keys: ["ssh-ed25519 AAAA"] },
  private_key_path: null,
};

const file = path.join(mkdtempSync(path.join(tmpdir(), "way-")), "id");
writeFileSync(file, "of the file");

test.each<[string, string | null, Record<string, string>, string | undefined]>([
  ["its own file", file, { ARMSTEAD_BASTION_PRIVATE_KEY: "bastions" }, "of the file"],
  [
    "the environment's for bastions",
    null,
    { ARMSTEAD_BASTION_PRIVATE_KEY: "bastions", ARMSTEAD_SSH_PRIVATE_KEY: "hosts" },
    "bastions",
  ],
  ["the environment's", null, { ARMSTEAD_SSH_PRIVATE_KEY: "hosts" }, "hosts"],
  ["an agent alone", null, { SSH_AUTH_SOCK: "/agent" }, undefined],
  [
    "a key of the environment for bastions alone",
    null,
    { ARMSTEAD_BASTION_PRIVATE_KEY: "bastions" },
    "bastions",
  ],
])("wayTo() logs in with %s", (_, private_key_path, environment, expected) => {
  const way = wayTo({ bastion: { ...BASTION, private_key_path } }, environment);

  expect(way?.key?.reveal()).toBe(expected);
  expect(way?.agent).toBe(environment.SSH_AUTH_SOCK);
  expect(way?.jump).toMatchObject({ address: "gate.example", port: 22, user: "ops" });
});

test("wayTo() is straight without a bastion", () => {
  expect(wayTo({ bastion: null }, { ARMSTEAD_SSH_PRIVATE_KEY: "hosts" })).toBeUndefined();
});

describe("with real servers", () => {
  let bastion: Sshd;
  let node: Sshd;
  const { signal } = new AbortController();

  beforeAll(async () => {
    [bastion, node] = await Promise.all([startSshd(), startSshd()]);
  });
  afterAll(async () => {
    await Promise.all([bastion.stop(), node.stop()]);
  });

  test.each([
    ["shows the device's key", (it: BastionModel) => it, undefined],
    [
      "refuses another key of the bastion",
      (it: BastionModel) => ({ ...it, host_keys: node.hostKeys }),
      "AS2203",
    ],
    ["says that the bastion is away", (it: BastionModel) => ({ ...it, port: 1 }), "AS2213"],
  ])("a look through the bastion %s", async (_name, change, code) => {
    const { address, port, user, hostKeys } = bastion;
    const right = { address, port, user, host_keys: hostKeys, private_key_path: bastion.keyFile };
    const through = wayTo({ bastion: change(right) }, {});

    const looked = scanHostKey(node, {
      signal,
      timeout: code === "AS2213" ? 2_000 : 10_000,
      through,
    });

    if (code === undefined) expect(await looked).toBe(node.hostKeys[0]);
    else await expect(looked).rejects.toMatchObject({ code });
  });
});
