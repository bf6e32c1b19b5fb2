/** A run as a table: every state of a run, in every room. */
import { runTable } from "../../../cli/watch/run-table";
import { RunViews } from "../../../cli/watch/run-view";
import type { HostReport, TaskStatus } from "../../../playbooks/playbooks";
import type { RunLogLine } from "../../../playbooks/run-log";

const WIDE = { columns: 80, rows: 24 };
const START = line({ event: "run.start", at: 0, hosts: ["b", "a"], mode: "apply" });

test.each<[string, readonly RunLogLine[], { columns: number; rows: number }, readonly string[]]>([
  ["that began", [START], WIDE, ["edge (apply): running for 2 s, 2 hosts, 0 connected"]],
  [
    "on its way",
    [
      START,
      connected("a"),
      task("a", "copy", "changed"),
      task("b", "copy", "ok"),
      task("a", "go", "failed"),
    ],
    WIDE,
    [
      "edge (apply): running for 2 s, 2 hosts, 1 connected",
      "  copy  +.",
      "  go    F",
      "  . ok  + changed  F failed",
      "  a: why of go",
    ],
  ],
  [
    "in which a task comes twice",
    [START, task("a", "copy", "ok"), task("a", "copy", "skipped"), task("b", "copy", "ignored")],
    WIDE,
    [
      "edge (apply): running for 2 s, 2 hosts, 0 connected",
      "  copy  .i",
      "  copy  -",
      "  . ok  - skipped  i ignored",
    ],
  ],
  [
    "that ended",
    [START, task("a", "copy", "ok"), end({ a: "ok", b: "unreachable" })],
    WIDE,
    [
      "edge (apply): ended after 1 s: 1 unreachable, 1 ok",
      "  copy  .",
      "  . ok",
      "  b: AS2202  gone",
    ],
  ],
  [
    "with more tasks than rows",
    [START, ...["one", "two", "three", "four"].map((it) => task("a", it, "ok"))],
    { columns: 80, rows: 7 },
    [
      "edge (apply): running for 2 s, 2 hosts, 0 connected",
      "  … 1 task before",
      "  two    .",
      "  three  .",
      "  four   .",
      "  . ok",
    ],
  ],
  [
    "with more hosts than columns",
    [
      line({ event: "run.start", at: 0, hosts: names(100), mode: "check" }),
      ...names(3).map((it) => task(it, "copy", "ok")),
      task("h50", "copy", "changed"),
    ],
    { columns: 40, rows: 24 },
    ["edge (check): running for 2 s, 100 host…", "  copy  4/100: 1 changed, 3 ok"],
  ],
  [
    "whose names are wide letters and accents",
    [START, task("a", "写入写入写入写入写入写入", "ok"), task("a", "e\u0301crit", "changed")],
    { columns: 20, rows: 24 },
    ["edge (apply): runni…", "  写入写入…   .", "  e\u0301crit       +", "  . ok  + changed"],
  ],
  [
    "with 500 hosts of which 40 failed",
    [
      line({ event: "run.start", at: 0, hosts: names(500), mode: "apply" }),
      ...names(40).map((it) => task(it, "go", "failed", "no room")),
      ...names(500)
        .slice(40)
        .map((it) => task(it, "go", "ok")),
    ],
    { columns: 40, rows: 23 },
    [
      "edge (apply): running for 2 s, 500 host…",
      "  go  500/500: 40 failed, 460 ok",
      ...names(6).map((it) => `  ${it}: no room`),
      "  … 34 hosts more: armstead watch --onc…",
    ],
  ],
  [
    "whose hosts say what a terminal would obey",
    [START, task("a", "copy\u001b[2J", "failed", "\u001b]0;owned\u0007 line\nline")],
    WIDE,
    [
      "edge (apply): running for 2 s, 2 hosts, 0 connected",
      "  copy\\u001b[2J  F",
      "  F failed",
      "  a: \\u001b]0;owned\\u0007 line line",
    ],
  ],
])("a run %s", (_name, lines, room, expected) => {
  const views = new RunViews();
  for (const it of lines) views.take(it);

  expect(
    views
      .latest()
      .flatMap((it) => runTable(it, room, 2000))
      .map((it) => it.trimEnd()),
  ).toEqual(expected);
});

test("a run that says nothing for long is told", () => {
  const views = new RunViews();
  views.take(START);

  const after = (milliseconds: number): string[] =>
    views.latest().flatMap((it) => runTable(it, WIDE, milliseconds));
  expect([...after(59_000), ...after(75_000), ...after(7_500_000)]).toEqual([
    "edge (apply): running for 59 s, 2 hosts, 0 connected",
    "edge (apply): no word for 1 min 15 s, running for 1 min 15 s, 2 hosts, 0 connec…",
    "edge (apply): no word for 125 min 00 s, it may be gone, running for 125 min 00 …",
  ]);
});

function line(event: object): RunLogLine {
  return { name: "edge", run: "1", ...event } as RunLogLine;
}

function connected(host: string): RunLogLine {
  return line({ event: "host.connected", at: 500, host, milliseconds: 20 });
}

function task(
  host: string,
  name: string,
  status: TaskStatus,
  message = `why of ${name}`,
): RunLogLine {
  return line({ event: "task.end", at: 1000, play: "all", task: name, host, status, message });
}

function end(hosts: Readonly<Record<string, HostReport["status"]>>): RunLogLine {
  const entries = Object.entries(hosts).map(([host, status]) => [
    host,
    { status, ...(status === "ok" ? {} : { error: "AS2202  gone" }) },
  ]);
  const report = { hosts: Object.fromEntries(entries) as unknown, milliseconds: 1000 };
  return line({ event: "run.end", at: 1000, report });
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `h${n}`);
}
