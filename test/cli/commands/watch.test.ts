/** `armstead watch` on logs that are there, that grow, and that are damaged. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { run } from "../../../cli/main";
import { type Answer, Collector, newFolder, runHere } from "../../support/command-line";

let folder: string;
let log: string;

beforeEach(() => {
  folder = newFolder();
  log = path.join(folder, ".local", "state", "armstead", "runs", "edge.jsonl");
  mkdirSync(path.dirname(log), { recursive: true });
});

const STARTED = lines("1", { event: "run.start", hosts: ["a", "b"], mode: "apply" });
const TASK = lines("1", {
  event: "task.end",
  play: "all",
  task: "copy",
  host: "a",
  status: "changed",
});
const ENDED = lines("1", {
  event: "run.end",
  report: {
    hosts: { a: { status: "ok" }, b: { status: "failed", error: "AS2301  no" } },
    milliseconds: 5,
  },
});
const TABLE = [
  "edge (apply): ended after 0 s: 1 failed, 1 ok",
  "  copy  +",
  "  + changed",
  "  b: AS2301  no",
];

test("--once shows the last run of the logs that deploys write, without a flaw of theirs", async () => {
  writeFileSync(log, `${STARTED.replace('"run":"1"', '"run":"0"')}no json\n[]\n{"event":"?"}\n`);
  appendFileSync(log, `${STARTED}${TASK}${ENDED}{"event":"run.st`);

  const answer = await runHere(["watch", "--once"], { folder });

  expect(answer.code).toBe(0);
  expect(shownLines(answer)).toEqual(TABLE);
});

test("--once of a file tells by its exit code whether all is well", async () => {
  writeFileSync(log, STARTED + TASK + ENDED);

  const failed = await runHere(["watch", "--once", log], { folder });
  writeFileSync(log, (STARTED + TASK + ENDED).replace('"failed"', '"ok"'));
  const well = await runHere(["watch", "--once", log], { folder });

  expect([failed.code, well.code]).toEqual([1, 0]);
});

test("--once --json gives the last run's lines as they are", async () => {
  writeFileSync(log, STARTED + TASK);

  expect(await runHere(["watch", "--once", "--json"], { folder })).toMatchObject({
    code: 0,
    stdout: STARTED + TASK,
  });
});

test("a file that is followed shows what comes, and ends with its run", async () => {
  writeFileSync(log, STARTED + TASK.slice(0, 20));
  const answer = runHere(["watch", log], { folder });
  appendFileSync(log, TASK.slice(20) + ENDED);

  expect(await answer).toEqual({
    code: 1,
    stdout: [
      "edge: run begins (apply) 1970-01-01T00:00:00.000Z: a, b",
      "edge: a: copy: changed",
      "edge: run ended after 5 ms: 1 failed, 1 ok (b failed)\n",
    ].join("\n"),
    stderr: "",
  });
});

test("a folder is followed until the signal comes: new runs only, and new files", async () => {
  writeFileSync(log, STARTED + TASK + ENDED);
  const stop = new AbortController();
  const out = new Collector();
  const ended = run(["watch", path.dirname(log)], {
    folder,
    environment: {},
    signal: stop.signal,
    out,
    err: new Collector(),
  });
  writeFileSync(
    path.join(path.dirname(log), "other.jsonl"),
    lines("2", { ...PLAY, name: "other", at: Date.now() }),
  );
  await until(() => out.text !== "");
  stop.abort();

  expect(await ended).toBe(0);
  expect(out.text).toBe("other: play all: a\n");
});

test("on a terminal the table is drawn over itself", async () => {
  writeFileSync(log, STARTED);
  const stop = new AbortController();
  const out = new Collector(true);
  const context = { folder, environment: { HOME: folder }, signal: stop.signal };
  const ended = run(["watch", log], { ...context, out, err: new Collector(true) });
  await until(() => out.text.includes("running"));
  appendFileSync(log, TASK);
  await until(() => out.text.includes("copy  +"));
  stop.abort();

  expect(await ended).toBe(1);
  const frames = out.text.split("\r\u001b[J").map((it) => it.replace("\u001b[1A", ""));
  expect(frames[0]).toBe("");
  expect(frames[1]).toMatch(/^edge \(apply\).*\n$/);
  expect(frames.at(-1)).toMatch(/^edge.*\n {2}copy {2}\+ ?\n/);
});

test("a terminal on which nothing is written over gets plain lines", async () => {
  writeFileSync(log, STARTED + TASK + ENDED);
  const environment = { TERM: "dumb" };

  const { code, stdout } = await runHere(["watch", log], { folder, environment, isTTY: true });

  expect(code).toBe(1);
  expect(stdout).not.toContain("\u001b");
  expect(stdout.split("\n")).toHaveLength(4);
});

test("a log that was cut off, or holds no run, is not well", async () => {
  writeFileSync(log, STARTED + TASK);
  const cut = await runHere(["watch", "--once", log], { folder });
  writeFileSync(log, "");
  const empty = await runHere(["watch", "--once", log], { folder });

  expect(cut.code).toBe(1);
  expect(cut.stdout).toMatch(
    /^edge \(apply\): no word for \d+ min \d\d s, it may be gone, running/,
  );
  expect(empty).toEqual({ code: 1, stdout: "", stderr: `no run in ${log}\n` });
});

test("a run whose process was killed is over, and not well", async () => {
  const { pid } = spawnSync("true");
  const writer = { pid, machine: hostname() };
  writeFileSync(log, lines("1", { event: "run.start", hosts: ["a"], mode: "apply", ...writer }));

  const followed = await runHere(["watch", log], { folder });
  const once = await runHere(["watch", "--once"], { folder });

  expect(followed).toMatchObject({ code: 1, stderr: "edge: was cut off\n" });
  expect(once.stdout).toBe("edge (apply): was cut off after 0 s\n");
});

test("a run whose process is alive, or is of another machine, goes on", async () => {
  for (const writer of [
    { pid: process.pid, machine: hostname() },
    { pid: 2 ** 22 + 1, machine: `not-${hostname()}` },
  ]) {
    writeFileSync(log, lines("1", { event: "run.start", hosts: ["a"], mode: "apply", ...writer }));
    const { stdout } = await runHere(["watch", "--once"], { folder });
    expect(stdout).toContain("running for");
  }
});

test("lines of another make are left out, whatever is in them", async () => {
  const odd = [
    { event: "run.start", mode: "apply" },
    { event: "run.start", hosts: "a", mode: "apply" },
    { event: "play.start", play: "p", hosts: [1] },
    { event: "task.end", play: "p", task: "t", host: "a", status: "__proto__" },
    { event: "task.end", play: "p", task: {}, host: "a", status: "ok" },
    { event: "run.end", report: { milliseconds: 1 } },
    { event: "run.end", report: { milliseconds: 1, hosts: { a: null } } },
    { event: "constructor" },
  ];
  writeFileSync(log, `${STARTED}${odd.map((it) => lines("1", it)).join("")}null\n\0\n${ENDED}`);

  const { code, stdout } = await runHere(["watch", log], { folder });

  expect({ code, lines: stdout.split("\n").length }).toEqual({ code: 1, lines: 3 });
});

test("a folder holds what is no log, and names that a terminal would obey", async () => {
  const runs = path.dirname(log);
  mkdirSync(path.join(runs, "folder.jsonl"));
  symlinkSync("/nowhere", path.join(runs, "dangling.jsonl"));
  execFileSync("mkfifo", [path.join(runs, "pipe.jsonl")]);
  const name = "\u001b[2J\u009b2J\u202e";
  writeFileSync(
    log,
    `${STARTED}${ENDED}${lines("2", { ...PLAY, name, play: name, hosts: [name] })}`,
  );

  const table = await runHere(["watch", "--once"], { folder });
  const end = lines("2", { event: "run.end", name, report: { hosts: {}, milliseconds: 1 } });
  appendFileSync(log, end);
  const text = await runHere(["watch", log], { folder });
  const json = await runHere(["watch", "--once", "--json"], { folder });

  for (const { stdout } of [table, text, json]) {
    expect(stdout).toContain("\\u001b[2J\\u009b2J\\u202e");
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  }
});

test("a run that was cut off long ago is not taken for one that goes on", async () => {
  writeFileSync(log, STARTED + TASK);
  const stop = new AbortController();
  const out = new Collector();
  const context = { folder, environment: { HOME: folder }, signal: stop.signal };
  const ended = run(["watch"], { ...context, out, err: new Collector() });
  const other = path.join(path.dirname(log), "other.jsonl");
  writeFileSync(other, lines("2", { ...PLAY, name: "other", at: Date.now() }));
  await until(() => out.text !== "");
  stop.abort();

  await ended;
  expect(out.text).toBe("other: play all: a\n");
});

test.each([
  ["what is no file", ["watch", "/dev/null"], {}, "AS1001"],
  ["a log that is not there", ["watch", "--once", "nowhere"], {}, "AS1001"],
  ["no folder at all", ["watch"], { ARMSTEAD_RUN_LOG: "off" }, "AS1001"],
])("%s is told", async (_name, words, environment, code) => {
  const answer = await runHere(words, { folder, environment });

  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain(code);
});

const PLAY = { event: "play.start", play: "all", hosts: ["a"] };

function lines(run: string, event: object): string {
  return `${JSON.stringify({ name: "edge", run, at: 0, ...event })}\n`;
}

function shownLines({ stdout }: Answer): string[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((it) => it.trimEnd());
}

/** Until the condition holds; jest ends a test that waits for ever. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
