/** A run as a table: every state of a run, in every room. */
import { runTable } from "../../../cli/watch/run-table";
import { RunViews } from "../../../cli/watch/run-view";
import type { HostReport, TaskStatus } from "../../../playbooks/playbooks";
import type { RunLogLine } from "../../../playbooks/run-log";

const WIDE = { columns: 80, rows: 24 };
const LEGEND = "  . ok  + changed  - skipped  i ignored  F failed  U unreachable";
const START = line({ event: "run.start", at: 0, hosts: ["b", "a"], mode: "apply" });

test.each<[string, readonly RunLogLine[], { columns: number; rows: number }, readonly string[]]>([
  ["that began", [START], WIDE, ["edge (apply): 2 hosts, 0 connected, running for 2 s"]],
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
      "edge (apply): 2 hosts, 1 connected, running for 2 s",
      "  copy  +.",
      "  go    F",
      LEGEND,
      "  a: why of go",
    ],
  ],
  [
    "in which a task comes twice",
    [START, task("a", "copy", "ok"), task("a", "copy", "skipped"), task("b", "copy", "ignored")],
    WIDE,
    ["edge (apply): 2 hosts, 0 connected, running for 2 s", "  copy  .i", "  copy  -", LEGEND],
  ],
  [
    "that ended",
    [START, task("a", "copy", "ok"), end({ a: "ok", b: "unreachable" })],
    WIDE,
    [
      "edge (apply): 2 hosts, ended after 1 s: 1 ok, 1 unreachable",
      "  copy  .",
      LEGEND,
      "  b: AS2202  gone",
    ],
  ],
  [
    "with more tasks than rows",
    [START, ...["one", "two", "three", "four"].map((it) => task("a", it, "ok"))],
    { columns: 80, rows: 7 },
    [
      "edge (apply): 2 hosts, 0 connected, running for 2 s",
      "  … 1 task before",
      "  two    .",
      "  three  .",
      "  four   .",
      LEGEND,
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
    [
      "edge (check): 100 hosts, 0 connected, r…",
      "  copy  4/100: 3 ok, 1 changed",
      "  . ok  + changed  - skipped  i ignored…",
    ],
  ],
  [
    "whose hosts say what a terminal would obey",
    [START, task("a", "copy\u001b[2J", "failed", "\u001b]0;owned\u0007 line\nline")],
    WIDE,
    [
      "edge (apply): 2 hosts, 0 connected, running for 2 s",
      "  copy [2J  F",
      LEGEND,
      "  a:  ]0;owned  line line",
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

  expect(views.latest().flatMap((it) => runTable(it, WIDE, 75_000))).toEqual([
    "edge (apply): 2 hosts, 0 connected, running for 75 s, no word for 75 s",
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
