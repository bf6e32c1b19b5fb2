/** A run of plays as it is shown while it goes on. */
import { Output } from "../../cli/output";
import { RunPrinter } from "../../cli/run-printer";
import type { RunEvent } from "../../playbooks/playbooks";
import { Collector } from "../support/command-line";

type TaskEnd = Extract<RunEvent, { event: "task.end" }>;

const TASK: TaskEnd = {
  event: "task.end",
  at: 0,
  play: "all",
  task: "write",
  module: "copy",
  host: "a",
  status: "ok",
  milliseconds: 1,
  queries: 1,
  changes: 0,
};
const EVENTS: readonly RunEvent[] = [
  { event: "run.start", at: 0, hosts: ["a", "b"], mode: "apply" },
  { event: "play.start", at: 0, play: "all", hosts: ["a", "b"] },
  { event: "host.connected", at: 0, host: "a", milliseconds: 3 },
  TASK,
  { ...TASK, status: "skipped" },
  { ...TASK, status: "changed" },
  { ...TASK, status: "changed", diff: "-old\n+new" },
  { ...TASK, status: "changed", diff: "" },
  { ...TASK, status: "ignored", message: "no matter" },
  { ...TASK, status: "failed", message: "disk full" },
  { ...TASK, status: "unreachable" },
  { event: "run.end", at: 0, report: { hosts: {}, milliseconds: 0 } },
];

test("RunPrinter keeps what changed and what failed, and counts the rest", () => {
  expect(printed({ quiet: false })).toEqual([
    "play all: a, b",
    "1 task ended; a: write: ok",
    "2 tasks ended; a: write: skipped",
    "a: write: changed",
    "a: write: changed",
    "-old",
    "+new",
    "a: write: changed",
    "6 tasks ended; a: write: ignored",
    "a: write: failed: disk full",
    "a: write: unreachable: ",
  ]);
});

test("RunPrinter lets nothing that a host says move or colour the terminal", () => {
  const [out, err] = [new Collector(), new Collector()];
  const printer = new RunPrinter(new Output(out, err, { json: false, quiet: false, color: false }));

  printer.take({ ...TASK, status: "failed", task: "a\rb", message: "\u001b[2J gone" });
  printer.take({ ...TASK, status: "changed", diff: "-\u001b[31m\n+\u0007" });

  expect(err.text.split("\n").slice(0, -1)).toEqual([
    "a: a\\u000db: failed: \\u001b[2J gone",
    "a: write: changed",
    "-\\u001b[31m",
    "+\\u0007",
  ]);
});

test("RunPrinter says failures only when quiet", () => {
  expect(printed({ quiet: true })).toEqual([
    "a: write: failed: disk full",
    "a: write: unreachable: ",
  ]);
});

/** The hosts of a run, each with how a task ends there. */
function ends(task: string, status: (host: number) => TaskEnd["status"], count = 100): TaskEnd[] {
  return HUNDRED.slice(0, count).map((host, at) => ({ ...TASK, task, host, status: status(at) }));
}

const HUNDRED = Array.from({ length: 100 }, (_, at) => `node-${String(at).padStart(3, "0")}`);
const BEGIN: readonly RunEvent[] = [
  { event: "run.start", at: 0, hosts: HUNDRED, mode: "apply" },
  { event: "play.start", at: 0, play: "all", hosts: HUNDRED },
];

test("of many hosts a line a task is told, and each failure", () => {
  const failsAt37 = (at: number): TaskEnd["status"] => (at === 37 ? "failed" : "changed");

  const lines = told([
    ...BEGIN,
    ...ends("copy", () => "ok"),
    ...ends("write", failsAt37).map((it) => ({ ...it, message: "disk full" })),
    ...ends("restart", (at) => (at < 3 ? "changed" : "skipped"), 37),
    { event: "run.end", at: 0, report: { hosts: {}, milliseconds: 0 } },
  ]);

  expect(lines).toEqual([
    "play all: 100 hosts",
    "copy: 100 ok",
    "node-037: write: failed: disk full",
    "write: 99 changed, 1 failed (node-037)",
    "restart: 3 changed (node-000, node-001, node-002), 34 skipped",
  ]);
});

test("of many hosts whose tasks do not come together, not a line a host is told either", () => {
  const [one, two] = [ends("one", () => "ok"), ends("two", () => "ok")];
  const mixed = one.flatMap((it, at) => [it, ...(at > 0 ? two.slice(at - 1, at) : [])]);

  const lines = told([...BEGIN, ...mixed, { ...BEGIN[1], play: "next", hosts: [] } as RunEvent]);

  expect(lines.length).toBeLessThan(25);
  expect(lines.at(-1)).toBe("play next: no host");
  const counted = lines.flatMap((it) => /^(?:one|two): (\d+) ok$/.exec(it)?.[1] ?? []);
  expect(counted.reduce((sum, it) => sum + Number(it), 0)).toBe(199);
});

test("tasks of one name are told one by one", () => {
  const lines = told([...BEGIN, ...ends("debug", () => "ok"), ...ends("debug", () => "changed")]);

  expect(lines).toEqual(["play all: 100 hosts", "debug: 100 ok"]);
});

test("of many hosts the changes inside files are told where they are asked for", () => {
  expect(told([...BEGIN, { ...TASK, status: "changed", diff: "+new" }])).toEqual([
    "play all: 100 hosts",
    "a: write: changed",
    "+new",
  ]);
});

test("on a terminal, how far a run with many hosts is takes one line", () => {
  const err = Object.assign(new Collector(true), { columns: 40 });
  const printer = new RunPrinter(
    new Output(new Collector(), err, { json: false, quiet: false, color: false }),
  );

  for (const it of [...BEGIN, ...ends("write", () => "failed", 2)]) printer.take(it);

  expect(err.text.split("\r\u001b[2K").at(-1)).toBe("2 tasks ended, 2 failed; node-001: wri…");
});

function told(events: readonly RunEvent[]): string[] {
  const err = new Collector();
  const switches = { json: false, quiet: false, color: false };
  const printer = new RunPrinter(new Output(new Collector(), err, switches));
  for (const it of events) printer.take(it);
  return err.text.split("\n").slice(0, -1);
}

function printed({ quiet }: { quiet: boolean }): string[] {
  const [out, err] = [new Collector(), new Collector()];
  const printer = new RunPrinter(new Output(out, err, { json: false, quiet, color: false }));

  for (const it of EVENTS) printer.take(it);

  expect(out.text).toBe("");
  return err.text.split("\n").slice(0, -1);
}
