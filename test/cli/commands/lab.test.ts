/** `armstead lab …` where no lab runs: every word has a code and says what to do, and nothing is made. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LAB_CONNECTION_FILE, type LabConnection } from "../../../api/lab-connection";
import { takeLock } from "../../../lab/control/lock";
import { newFolder, runHere } from "../../support/command-line";
import { ScriptedServer } from "../../support/scripted-server";

const NOT_RUNNING = {
  code: 1,
  stdout: "",
  stderr: "AS2401  the lab is not running\nWhat to do: Start it: npx armstead lab up.\n",
};
const NEED_A_LAB = [
  ["status"],
  ["status", "--json"],
  ["ssh", "members-0"],
  ["ssh", "members-0", "uname", "--all"],
  ["ssh", "members-0", "--", "uname"],
  ["ssh", "-i", "none", ""],
  ["console", "members-0"],
  ["console", "--follow", "members-0"],
];

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const it of endings.splice(0)) await it();
});

test.each(NEED_A_LAB.map((words) => ({ words })))(
  "armstead lab $words: the lab does not run",
  async ({ words }) => {
    const folder = newFolder();

    expect(await runHere(["lab", ...words], { folder })).toEqual(NOT_RUNNING);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.each([
  ["down", "lab down: 0 machines powered off\n"],
  ["reset", "lab reset: 0 machines removed\n"],
  ["logs", ""],
])("armstead lab %s is content with nothing, and makes nothing", async (word, stdout) => {
  const folder = newFolder();

  expect(await runHere(["lab", word], { folder })).toEqual({ code: 0, stdout, stderr: "" });
  expect(readdirSync(folder)).toEqual([]);
});

test("armstead lab down and reset count machines as data with --json", async () => {
  for (const word of ["down", "reset"]) {
    const { stdout } = await runHere(["lab", word, "--json"]);

    expect(JSON.parse(stdout)).toEqual({ machines: 0 });
  }
});

test("armstead lab reset clears away what a killed server left behind", async () => {
  const folder = newFolder();
  const lab = path.join(folder, "lab");
  mkdirSync(lab);
  writeFileSync(path.join(lab, "lock.json"), JSON.stringify({ pid: 2 ** 22 + 1, startTime: "1" }));
  writeFileSync(path.join(lab, LAB_CONNECTION_FILE), JSON.stringify(connectionTo("http://x", 1)));

  const status = await runHere(["lab", "status"], { folder });
  const reset = await runHere(["lab", "reset"], { folder });

  expect(status).toEqual(NOT_RUNNING);
  expect(reset).toMatchObject({ code: 0, stdout: "lab reset: 0 machines removed\n" });
  expect(existsSync(lab)).toBe(false);
});

test("armstead lab status ends on Ctrl-C while a server says nothing", async () => {
  const folder = newFolder();
  const lab = path.join(folder, "lab");
  const stop = new AbortController();
  const server = await new ScriptedServer(() => {
    stop.abort(new Error("stopped"));
    return { instead: "silence" };
  }).start();
  endings.push(await takeLock(lab), () => server.stop());
  const connection = connectionTo(server.url, process.pid);
  writeFileSync(path.join(lab, LAB_CONNECTION_FILE), JSON.stringify(connection));

  const answer = await runHere(["lab", "status"], { folder, signal: stop.signal });

  expect(answer).toEqual({ code: 1, stdout: "", stderr: "stopped\n" });
  expect(server.requests.map((it) => it.path)).toEqual(["/user"]);
});

test("armstead lab up where the lab's folder is a file ends without a stack trace", async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, "lab"), "");
  const words = ["lab", "up", "--driver", "process", "--port", "0", "--node-port", "0"];

  const { code, stdout, stderr } = await runHere(words, { folder });

  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(path.join(folder, "lab"));
  expect(stderr).not.toMatch(/^ +at /m);
});

function connectionTo(endpoint: string, pid: number): LabConnection {
  return { endpoint, token: "t".repeat(16), pid, driver: "process", nodeServices: endpoint };
}
