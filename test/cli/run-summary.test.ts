/** What is said of a run of plays when it is over. */
import { summaryLine, summaryTable } from "../../cli/run-summary";
import type { HostReport, RunReport } from "../../playbooks/playbooks";

const COUNTS = { ok: 4, changed: 1, skipped: 0, failed: 0, rescued: 0, ignored: 0 };
const WELL: HostReport = { status: "ok", ...COUNTS, changes: ["write"] };
const STILL: HostReport = { ...WELL, changed: 0, changes: [] };

function reportOf(
  count: number,
  bad: Readonly<Record<number, Partial<HostReport>>> = {},
  others = WELL,
): RunReport {
  const hosts = Array.from({ length: count }, (_, at): [string, HostReport] => [
    `n${String(at).padStart(3, "0")}`,
    { ...others, ...bad[at] },
  ]);
  return { hosts: Object.fromEntries(hosts), milliseconds: 9300 };
}

const FAILED = { status: "failed", error: "AS2301  disk full" } as const;

test("hosts that did not end well are the last ones of the table", () => {
  const report = reportOf(100, {
    37: FAILED,
    50: { status: "unreachable", error: "AS2202  gone" },
  });

  const lines = summaryTable(report).split("\n");

  expect(lines).toHaveLength(101);
  expect(lines.slice(-3)).toEqual([
    "n099  ok           4   1        0        0       0        0",
    "n037  failed       4   1        0        0       0        0        AS2301  disk full",
    "n050  unreachable  4   1        0        0       0        0        AS2202  gone",
  ]);
});

test("a reason is one line of the table, and nothing that a terminal obeys", () => {
  const report = reportOf(1, {
    0: { ...FAILED, error: `AS2301\u001b[2J\nnext ${"x".repeat(999)}` },
  });

  const [, line = "", ...others] = summaryTable(report).split("\n");

  expect(others).toEqual([]);
  expect(line).toContain("AS2301\\u001b[2J next xxx");
  expect(line.length).toBeLessThan(400);
});

test("hosts that were stopped say so", () => {
  expect(summaryTable(reportOf(1, { 0: { status: "cancelled" } }))).toMatch(
    /cancelled .* stopped before it came to its end$/,
  );
});

test.each<[string, RunReport, string | undefined]>([
  ["few hosts that ended well", reportOf(10), undefined],
  ["no host", reportOf(0), undefined],
  [
    "many hosts that ended well",
    reportOf(100, { 3: { changed: 2 } }, STILL),
    "all 100 hosts ended well after 9.3 s, 1 of them changed",
  ],
  [
    "some that did not",
    reportOf(100, { 7: FAILED, 3: FAILED, 5: { status: "unreachable" } }),
    "3 of 100 hosts did not end well: 2 failed, 1 unreachable, after 9.3 s; these alone again: --limit n003,n005,n007",
  ],
  [
    "all that did not",
    reportOf(1, { 0: FAILED }),
    "1 of 1 host did not end well: 1 failed, after 9.3 s",
  ],
  [
    "too many to name",
    reportOf(100, Object.fromEntries(Array.from({ length: 51 }, (_, at) => [at, FAILED]))),
    "51 of 100 hosts did not end well: 51 failed, after 9.3 s",
  ],
])("the last line on %s", (_name, report, expected) => {
  expect(summaryLine(report)).toBe(expected);
});
