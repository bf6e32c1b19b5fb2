/** The program itself, as a process: how it is found, how it ends, and what it does when nobody listens. */
import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import packageFile from "../../package.json";
import { type Answer, newFolder, PROGRAM, runProgram, startProgram } from "../support/command-line";

const VERSION = { code: 0, stdout: `${packageFile.version}\n`, stderr: "" };

test.each([
  ["done", ["schema"], 0],
  ["failed", ["lab", "status"], 1],
  ["wrong use", ["bogus"], 2],
])("armstead ends with the exit code of what is %s", async (_name, words, code) => {
  const answer = await runProgram(words);

  expect(answer.code).toBe(code);
  expect(answer.stdout === "").toBe(code !== 0);
  expect(answer.stderr === "").toBe(code === 0);
  expect(answer.stderr).not.toMatch(/^ +at /m);
});

test("armstead runs through a link as npm makes it, and in folders that have a tsconfig.json", async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, "tsconfig.json"), "{ nonsense");
  symlinkSync(PROGRAM, path.join(folder, "armstead"));

  const { answer } = startProgram(["--version"], { folder }, path.join(folder, "armstead"));

  expect(await answer).toEqual(VERSION);
});

test("armstead is no other below a test runner", async () => {
  expect(await runProgram(["--version"], { environment: { JEST_WORKER_ID: "1" } })).toEqual(
    VERSION,
  );
});

test.each([
  ["a reader that has enough of the results", "armstead schema | true", 0, ""],
  ["a reader that has enough of the faults", "armstead lab status 2>&1 >/dev/null | true", 1, ""],
  [
    "a full disk",
    "armstead schema > /dev/full",
    1,
    "AS2601  the output cannot be written: ENOSPC\nWhat to do: Free disk space or send the output elsewhere, then run the command again.\n",
  ],
])("armstead with %s", async (_name, line, code, stderr) => {
  const folder = newFolder();
  const script = `armstead() { "$NODE" "$PROGRAM" "$@"; echo $? > code; }\n${line}`;

  const answer = await shell(script, folder);

  expect(answer).toEqual({ code: 0, stdout: "", stderr });
  expect(readFileSync(path.join(folder, "code"), "utf8")).toBe(`${code}\n`);
});

/** Runs a script of the shell; what it does when its reader is gone only a real pipe can tell. */
function shell(script: string, folder: string): Promise<Answer> {
  const own = { NODE: process.execPath, PROGRAM, ARMSTEAD_LAB_DIR: path.join(folder, "lab") };
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...own } };
    execFile("sh", ["-c", script], options, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, stdout, stderr });
    });
  });
}
