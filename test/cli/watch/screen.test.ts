/** Tables that are drawn over themselves, on terminals of every size. */
import { Screen } from "../../../cli/watch/screen";
import { RunView } from "../../../cli/watch/run-view";
import type { RunLogLine } from "../../../playbooks/run-log";

const HOSTS = Array.from({ length: 500 }, (_, at) => `h${at}`);

function runOf(name: string, tasks = 1): RunView {
  const line = (more: object): RunLogLine => ({ name, run: name, at: 0, ...more }) as RunLogLine;
  const first = line({ event: "run.start", hosts: HOSTS, mode: "apply" });
  const view = new RunView(first);
  view.take(first);
  for (let at = 0; at < tasks; at += 1) {
    const [task, status] = [`${name} ${at}`, "failed"];
    for (const host of HOSTS) {
      view.take(line({ event: "task.end", play: "p", task, host, status, message: "no" }));
    }
  }
  return view;
}

test.each([1, 2, 3, 12, 40])("%d runs of 500 hosts fit every screen", (count) => {
  const runs = Array.from({ length: count }, (_, at) => runOf(`run-${at}`, 10));

  for (const [columns, rows] of [
    [80, 24],
    [40, 24],
    [10, 5],
    [200, 50],
    [1, 2],
  ] as const) {
    const lines = new Screen().show(runs, { columns, rows }, 1000).split("\n");

    expect(lines.length - 1).toBeLessThan(rows);
    expect(Math.max(...lines.map((it) => it.replace("\r\u001b[J", "").length))).toBeLessThanOrEqual(
      columns,
    );
    if (rows >= 24) expect(lines.join()).toContain(`run-${count - 1} 9`);
  }
});

test.each([
  ["says nothing of its size", {}],
  ["says 0", { columns: 0, rows: 0 }],
])("a terminal that %s has the usual one", (_name, size) => {
  const text = new Screen().show([runOf("edge")], size, 0);

  expect(text).toContain("edge (apply): running for 0 s, 500 hosts, 0 connected\n");
});

test("nothing is written where nothing changes, and all of it anew on a narrower terminal", () => {
  const [screen, runs] = [new Screen(), [runOf("edge", 0)]];

  const [first, same, later, narrow] = [
    screen.show(runs, { columns: 80 }, 0),
    screen.show(runs, { columns: 80 }, 999),
    screen.show(runs, { columns: 80 }, 1000),
    screen.show(runs, { columns: 20 }, 1000),
  ];

  expect(first).toContain("\r\u001b[Jedge");
  expect(same).toBe("");
  expect(later).toContain("\u001b[1A\r\u001b[Jedge");
  expect(narrow).toBe("\u001b[2J\u001b[Hedge (apply): runni…\n");
});
