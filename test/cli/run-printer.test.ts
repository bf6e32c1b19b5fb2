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

function printed({ quiet }: { quiet: boolean }): string[] {
  const [out, err] = [new Collector(), new Collector()];
  const printer = new RunPrinter(new Output(out, err, { json: false, quiet, color: false }));

  for (const it of EVENTS) printer.take(it);

  expect(out.text).toBe("");
  return err.text.split("\n").slice(0, -1);
}
