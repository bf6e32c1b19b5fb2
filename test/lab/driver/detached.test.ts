import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDetached } from "../../../lab/driver/detached";
import {
  childrenOf,
  isAlive,
  killGroup,
  tryGetProcess,
  tryReadAlive,
} from "../../../lab/driver/process-record";
import { waitUntil } from "../../../lab/driver/wait-until";

const LOADER = path.join(__dirname, "../../..", "scripts", "load-typescript.js");

let folder: string;
let recordFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "detached-"));
  recordFile = path.join(folder, "process.json");
});

afterEach(async () => {
  const record = await tryReadAlive(recordFile);
  if (record) await killGroup(record);
});

test("startDetached() writes down what runs, and its words go to the log", async () => {
  const record = await start("echo hello; echo trouble >&2; exec sleep 1000");

  expect(await tryReadAlive(recordFile)).toEqual(record);
  const log = path.join(folder, "log");
  const said = (): Promise<boolean> =>
    Promise.resolve(readFileSync(log, "utf8") === "hello\ntrouble\n");
  expect(await waitUntil(said, { timeoutMs: 5_000 })).toBe(true);
});

test("startDetached() starts nothing that it cannot write down", async () => {
  recordFile = path.join(folder, "missing", "process.json");
  // An earlier test file of the same worker may have left children that are still ending.
  const before = new Set((await childrenOf(process.pid)).map(({ pid }) => pid));

  await expect(start("touch ran; exec sleep 1000")).rejects.toThrow(/ENOENT/);

  const own = (): Promise<boolean> =>
    childrenOf(process.pid).then((all) => all.every(({ pid }) => before.has(pid)));
  expect(await waitUntil(own, { timeoutMs: 5_000 })).toBe(true);
  expect(existsSync(path.join(folder, "ran"))).toBe(false);
});

test("a program outlives the death of whoever started it, and is found again", async () => {
  const script = path.join(__dirname, "start-and-die.ts");
  const starter = spawn(process.execPath, ["-r", LOADER, script, folder]);

  const [, killedBy] = (await once(starter, "close")) as [unknown, string];

  expect(killedBy).toBe("SIGKILL");
  const record = await tryReadAlive(recordFile);
  expect(record).toBeDefined();
  if (record) await killGroup(record);
  const gone = async (): Promise<boolean> => (await tryReadAlive(recordFile)) === undefined;
  expect(await waitUntil(gone, { timeoutMs: 5_000 })).toBe(true);
}, 30_000);

test("isAlive() does not take another process of the same number for the one written down", async () => {
  const self = await tryGetProcess(process.pid);

  expect(self && (await isAlive(self))).toBe(true);
  expect(await isAlive({ pid: process.pid, startTime: "1" })).toBe(false);
});

test.each(["", "{", '{"pid":0,"startTime":"1"}', '{"pid":-1,"startTime":"1"}', "null"])(
  "tryReadAlive() finds nothing in a file with %j",
  async (text) => {
    writeFileSync(recordFile, text);

    expect(await tryReadAlive(recordFile)).toBeUndefined();
  },
);

async function start(script: string): Promise<Awaited<ReturnType<typeof startDetached>>> {
  const logFile = path.join(folder, "log");
  return await startDetached({ argv: ["/bin/sh", "-c", script], cwd: folder, logFile, recordFile });
}
