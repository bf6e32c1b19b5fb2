import fc from "fast-check";
import { unifiedDiff } from "../../../../../playbooks/runner/modules/files/unified-diff";

const lines = fc.array(fc.constantFrom("a", "b", "c", "", "  x"), { maxLength: 25 });
const text = fc
  .tuple(lines, fc.boolean())
  .map(([rows, ends]) => rows.join("\n") + (ends && rows.length > 0 ? "\n" : ""));

test("unifiedDiff() is empty for equal texts", () => {
  expect(unifiedDiff({ path: "f", before: "a\n", after: "a\n" })).toBe("");
});

test("unifiedDiff() shows what goes, what comes, and three lines around", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

  expect(unifiedDiff({ path: "f", before, after: before.replace("5", "five") })).toBe(
    "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8",
  );
});

test("unifiedDiff() says so instead of showing bytes or endless texts", () => {
  expect(unifiedDiff({ path: "f", before: "\0", after: "x" })).toBe("binary file f differs");
  expect(unifiedDiff({ path: "f", before: "", after: "x\n".repeat(9_000) })).toContain(
    "too long to show",
  );
});

/** What patch does, for one file and well-formed hunks. */
function applyDiff(before: string, diff: string): string {
  const old = before.split("\n");
  const result: string[] = [];
  let at = 0;
  for (const [, start = "", size = "1", body = ""] of diff.matchAll(HUNK)) {
    // A hunk that only adds names the line before it.
    const first = size === "0" ? Number(start) : Number(start) - 1;
    result.push(...old.slice(at, first));
    const rows = body
      .split("\n")
      .slice(1)
      .filter((it) => !it.startsWith("\\"));
    const taken = rows
      .filter((it) => it.startsWith(" ") || it.startsWith("-"))
      .map((it) => it.slice(1));
    expect(old.slice(first, first + taken.length)).toEqual(taken);
    result.push(...rows.filter((it) => !it.startsWith("-")).map((it) => it.slice(1)));
    at = first + taken.length;
  }
  return [...result, ...old.slice(at)].join("\n");
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@((?:\n(?!@@)[^\n]*)*)/gm;

test("unifiedDiff() holds all that is needed to make the one text of the other", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);

      const diff = unifiedDiff({ path: "f", before: `${before}\n`, after: `${after}\n` });

      expect(applyDiff(`${before}\n`, diff)).toBe(`${after}\n`);
    }),
    { numRuns: 300 },
  );
});

test("unifiedDiff() marks a text that does not end with a line end", () => {
  expect(unifiedDiff({ path: "f", before: "a\n", after: "a" })).toBe(
    "--- f\n+++ f\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file",
  );
});
