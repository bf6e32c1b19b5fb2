/** The lab as users drive it: every command a process of its own, over a real process machine. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { labConnectionSchema, type LabConnection } from "../../../api/lab-connection";
import { callApi, MINIMAL, until } from "../../lab/support/lab";
import {
  type Answer,
  newFolder,
  runHere,
  runProgram,
  startProgram,
} from "../../support/command-line";

// Building the machines' root takes minutes on a machine that never did it.
jest.setTimeout(300_000);

const folder = newFolder();
const labFolder = path.join(folder, "lab");
const keyFile = path.join(folder, "id");
const lab = (...words: string[]): Promise<Answer> => runProgram(["lab", ...words], { folder });
const UP = ["up", "--driver", "process", "--port", "0", "--node-port", "0"];
const SSH = ["ssh", "-i", "id", "node-a"];
let connection: LabConnection;

beforeAll(async () => {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", keyFile]);
  expect(await lab(...UP, "--quiet")).toMatchObject({ code: 0, stderr: "" });
  const text = readFileSync(path.join(labFolder, "connection.json"), "utf8");
  connection = labConnectionSchema.parse(JSON.parse(text));
  const project = (await callApi(connection, "POST", "/projects", { name: "test" })).body.id;
  const key = readFileSync(`${keyFile}.pub`, "utf8").trim();
  await callApi(connection, "POST", `/projects/${project}/ssh-keys`, { label: "k", key });
  const sent = { ...MINIMAL, hostname: "node-a" };
  const device = await callApi(connection, "POST", `/projects/${project}/devices`, sent);
  const { id } = device.body;
  await until(
    async () => (await callApi(connection, "GET", `/devices/${id}`)).body.state === "active",
  );
});

afterAll(async () => {
  await lab("reset");
});

test("armstead lab up finds the lab running, and tells where on stdout", async () => {
  const { endpoint, pid } = connection;

  const again = await lab(...UP);
  const json = await runHere(["lab", ...UP, "--json"], { folder });

  const stdout = `lab up: ${endpoint} (process driver, process ${pid})\n`;
  expect(again).toEqual({ code: 0, stdout, stderr: "" });
  expect(JSON.parse(json.stdout)).toMatchObject({ endpoint, pid, driver: "process" });
});

test("armstead lab status shows machines as a table, and as data", async () => {
  const plain = await lab("status");
  const json = await runHere(["lab", "status", "--json"], { folder });

  const [device] = (JSON.parse(json.stdout) as { devices: { id: string }[] }).devices;
  const rows = plain.stdout.split("\n").map((line) => line.split(/ {2,}/));
  expect(plain).toMatchObject({ code: 0, stderr: "" });
  expect(rows[0]?.[0]).toMatch(/^driver process: .*no ARM64$/);
  expect(rows[1]).toEqual(["1 project, 1 key, 1 device"]);
  expect(rows[3]).toEqual(["hostname", "id", "state", "machine", "ssh", "system", "plan"]);
  expect(rows[4]).toEqual([
    "node-a",
    device?.id.slice(0, 8),
    "active",
    "running",
    expect.stringMatching(/^127\.\d+\.\d+\.\d+:2222$/),
    "debian_13",
    "c3.large.arm64",
  ]);
});

test("armstead lab ssh runs a command, passes words and output on, and ends as it ended", async () => {
  const here = (...words: string[]): Promise<Answer> => runHere(["lab", ...words], { folder });

  const failed = await lab(...SSH, "--", "echo out; echo err >&2; exit 7");
  const options = await here(...SSH, "printf", "'%s\\n'", "--json", "-i", "--help");
  const json = await here("ssh", "--json", ...SSH.slice(1), "echo out; exit 3");

  expect(failed).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
  expect(options).toEqual({ code: 0, stdout: "--json\n-i\n--help\n", stderr: "" });
  expect(json.code).toBe(3);
  expect(JSON.parse(json.stdout)).toMatchObject({ code: 3, stdout: "out\n", stderr: "" });
});

test.each([
  ["a machine that is not there", ["ssh", "-i", "id", "node-b", "true"], "AS2406"],
  ["a machine without a name", ["ssh", "-i", "id", "", "true"], "AS2406"],
  ["the console of a machine that is not there", ["console", "node-b"], "AS2406"],
  ["a key that is not there", ["ssh", "-i", "none", "node-a", "true"], "AS1001"],
  ["a public key", ["ssh", "-i", "id.pub", "node-a", "true"], "AS2206"],
  ["a key that is none", ["ssh", "-i", "lab/connection.json", "node-a", "true"], "AS2206"],
  ["no way to log in", ["ssh", "node-a", "true"], "AS2211"],
  ["another driver", ["up", "--driver", "qemu"], "AS2408"],
])("armstead lab told of %s", async (_name, words, code) => {
  const answer = await runHere(["lab", ...words], { folder });

  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(answer.stderr).toMatch(new RegExp(`^${code}  .+\n`));
  expect(answer.stderr).not.toMatch(/^ +at /m);
});

test("armstead kernel check --lab asks the machine, whose kernel is that of its host", async () => {
  const words = ["kernel", "check", "-i", "id", "--for", "realtime", "--lab"];

  const asked = await runHere([...words, "node-a"], { folder });
  const nobody = await runHere([...words, "node-b"], { folder });

  // A process machine has no /boot: what can be read is what the host's kernel itself shows.
  const file = "/proc/config.gz";
  expect(asked.code === 0 || asked.code === 1).toBe(true);
  if (existsSync(file)) {
    expect(asked.stdout).toMatch(/^kernel \S+ .*: node-a:\/proc\/config\.gz\n/);
  } else expect(asked.stderr).toMatch(/^AS2480 {2}node-a shows no config/m);
  expect(nobody).toMatchObject({ code: 1, stdout: "" });
  expect(nobody.stderr).toMatch(/^AS2406 /);
});

test("armstead lab console and logs show what there is, and with --follow stay until Ctrl-C", async () => {
  const logs = startProgram(["lab", "logs", "--follow"], { folder });
  await new Promise((resolve) => logs.child.stdout?.once("data", resolve));

  const file = await runHere(["lab", "console", "node-a", "--json"], { folder });
  const console = await lab("console", "node-a");
  const whole = await runHere(["lab", "logs"], { folder });
  logs.child.kill("SIGINT");
  const followed = await logs.answer;

  const { file: consoleFile } = JSON.parse(file.stdout) as { file: string };
  expect(console).toMatchObject({ code: 0, stdout: readFileSync(consoleFile, "utf8") });
  expect(whole.stdout.split("\n")[0]).toContain('"event":"lab.started"');
  expect(whole.stdout).not.toContain(connection.token);
  expect(followed).toMatchObject({ code: 0, stderr: "" });
  expect(followed.stdout.split("\n")[0]).toBe(whole.stdout.split("\n")[0]);
});

test("armstead lab down keeps the machine for the next up, and reset forgets it", async () => {
  const down = await lab("down");
  const status = await runHere(["lab", "status"], { folder });
  const up = await lab(...UP, "--json");
  const command = await lab(...SSH, "hostname");
  const reset = await lab("reset");

  expect(down).toEqual({ code: 0, stdout: "lab down: 1 machine powered off\n", stderr: "" });
  expect(status).toMatchObject({ code: 1, stdout: "" });
  expect(status.stderr).toMatch(/^AS2401 /);
  expect(JSON.parse(up.stdout)).toMatchObject({ endpoint: connection.endpoint });
  expect(command).toMatchObject({ code: 0, stdout: "node-a\n" });
  expect(reset).toEqual({ code: 0, stdout: "lab reset: 1 machine removed\n", stderr: "" });
  expect(existsSync(labFolder)).toBe(false);
});
