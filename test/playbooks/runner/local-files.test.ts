import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { saveLocal } from "../../../playbooks/runner/local-files";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "local-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("saveLocal() makes folders and writes a file once", async () => {
  const file = "a b/-'é\n/f";
  const at = path.join(folder, file);
  const content = Buffer.from([0, 255, 10]);

  expect(await saveLocal(file, content, folder)).toEqual({ path: at, outcome: "written" });
  expect(await saveLocal(at, content, "/elsewhere")).toEqual({ path: at, outcome: "same" });
  expect(await saveLocal(file, Buffer.from("abc"), folder)).toMatchObject({ outcome: "written" });
  expect(readFileSync(at, "utf8")).toBe("abc");
  expect(readdirSync(path.dirname(at))).toEqual(["f"]);
});

test("saveLocal() keeps the mode of what it replaces, and a link", async () => {
  writeFileSync(path.join(folder, "secret"), "old", { mode: 0o600 });
  symlinkSync("secret", path.join(folder, "link"));

  await saveLocal("link", Buffer.from("new"), folder);

  expect(readFileSync(path.join(folder, "secret"), "utf8")).toBe("new");
  expect(statSync(path.join(folder, "secret")).mode & 0o777).toBe(0o600);
  expect(lstatSync(path.join(folder, "link")).isSymbolicLink()).toBe(true);
});

test("saveLocal() leaves a folder alone", async () => {
  mkdirSync(path.join(folder, "d"));

  expect(await saveLocal("d", Buffer.from("x"), folder)).toMatchObject({ outcome: "folder" });
  expect(readdirSync(folder)).toEqual(["d"]);
});

test("saveLocal() tells what the file system says, and leaves nothing behind", async () => {
  writeFileSync(path.join(folder, "f"), "old");

  await expect(saveLocal("f/g", Buffer.from("x"), folder)).rejects.toThrow(/ENOTDIR|EEXIST/);
  expect(readdirSync(folder)).toEqual(["f"]);
});
