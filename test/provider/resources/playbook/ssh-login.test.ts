import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserFault } from "../../../../core/faults";
import { CertifiedKey } from "../../../../playbooks/certified-key";
import {
  getLogin,
  tryGetLogin,
  type KeyPlaces,
} from "../../../../provider/resources/playbook/ssh-login";

const folder = mkdtempSync(path.join(tmpdir(), "key-"));
const file = path.join(folder, ".ssh", "id");
const NONE: KeyPlaces = { private_key: null, private_key_path: null };

beforeAll(() => {
  mkdirSync(path.dirname(file));
  writeFileSync(file, "of the file");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each<[string, Partial<KeyPlaces>, Record<string, string>, string | undefined]>([
  ["the argument first", { private_key: "given", private_key_path: file }, {}, "given"],
  ["then the path", { private_key_path: file }, { ARMSTEAD_SSH_PRIVATE_KEY: "env" }, "of the file"],
  ["a path in the home folder", { private_key_path: "~/.ssh/id" }, { HOME: folder }, "of the file"],
  ["then the variable", {}, { ARMSTEAD_SSH_PRIVATE_KEY: "env", SSH_AUTH_SOCK: "/s" }, "env"],
  ["then the variable's file", {}, { ARMSTEAD_SSH_PRIVATE_KEY_FILE: file }, "of the file"],
  ["nothing from empty variables", {}, { ARMSTEAD_SSH_PRIVATE_KEY: "" }, undefined],
])("tryGetLogin() takes %s", (_, places, environment, expected) => {
  expect(tryGetLogin({ ...NONE, ...places }, environment)?.key?.reveal()).toBe(expected);
});

test("tryGetLogin() takes the certificate beside a key's file along", () => {
  const certified = path.join(folder, "certified");
  writeFileSync(certified, "the key");
  writeFileSync(`${certified}-cert.pub`, "its certificate");

  const login = tryGetLogin({ ...NONE, private_key_path: certified }, {});

  expect(login?.key).toBeInstanceOf(CertifiedKey);
  expect(login?.key).toMatchObject({ certificate: "its certificate" });
  expect(tryGetLogin({ ...NONE, private_key_path: file }, {})?.key).not.toBeInstanceOf(
    CertifiedKey,
  );
});

test("tryGetLogin() takes the agent last", () => {
  expect(tryGetLogin(NONE, { SSH_AUTH_SOCK: "/agent" })).toEqual({ agent: "/agent" });
});

const BASTION = {
  address: "gate",
  port: 22,
  user: "ops",
  host_keys: [],
  private_key_path: null,
};

test.each<[string, Partial<KeyPlaces>, Record<string, string>, readonly (string | undefined)[]]>([
  ["nothing without bastions", {}, { ARMSTEAD_BASTION_PRIVATE_KEY: "env" }, [undefined, undefined]],
  [
    "the key that is given for bastions, before the environment's",
    { bastion: BASTION, bastion_private_key: "given" },
    { ARMSTEAD_BASTION_PRIVATE_KEY: "env" },
    ["given", undefined],
  ],
  [
    "the environment's",
    { bastion: BASTION },
    { ARMSTEAD_BASTION_PRIVATE_KEY: "env" },
    ["env", undefined],
  ],
  [
    "a file of the environment, and files of bastions",
    { hosts: { a: { bastion: { ...BASTION, private_key_path: "~/.ssh/id" } } } },
    { ARMSTEAD_BASTION_PRIVATE_KEY_FILE: file },
    ["of the file", "of the file"],
  ],
])("tryGetLogin() takes for bastions %s", (_, places, environment, expected) => {
  const login = tryGetLogin(
    { ...NONE, private_key: "k", ...places },
    { HOME: folder, ...environment },
  );

  expect([login?.bastionKey, login?.keys?.get("~/.ssh/id")].map((it) => it?.reveal())).toEqual(
    expected,
  );
});

test("tryGetLogin() takes a passphrase from the argument, then from the environment", () => {
  const places = { ...NONE, private_key: "k" };
  const environment = { ARMSTEAD_SSH_PASSPHRASE: "env" };

  const given = tryGetLogin({ ...places, private_key_passphrase: "given" }, environment);
  expect(given?.passphrase?.reveal()).toBe("given");
  expect(tryGetLogin(places, environment)?.passphrase?.reveal()).toBe("env");
  expect(tryGetLogin(places, {})?.passphrase).toBeUndefined();
});

test("tryGetLogin() tells which keys of bastions cannot be read", () => {
  const bastion = { ...BASTION, private_key_path: path.join(folder, "none") };

  const call = () => tryGetLogin({ ...NONE, private_key: "k", bastion }, {});

  expect(codeOf(call)).toEqual([["AS1825", "bastion.private_key_path"]]);
});

test("getLogin() tells a missing key, and a file that cannot be read", () => {
  const missing = { ...NONE, private_key_path: path.join(folder, "nothing") };

  expect(codeOf(() => getLogin(NONE, {}))).toEqual([["AS1824", ""]]);
  expect(codeOf(() => getLogin(missing, {}))).toEqual([["AS1825", "private_key_path"]]);
});

function codeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof UserFault ? error.faults.map((it) => [it.code, it.path]) : error;
  }
}
