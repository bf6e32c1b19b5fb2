import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserFault } from "../../../../core/faults";
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

test("tryGetLogin() takes the agent last", () => {
  expect(tryGetLogin(NONE, { SSH_AUTH_SOCK: "/agent" })).toEqual({ agent: "/agent" });
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
