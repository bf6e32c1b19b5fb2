import { formatRatio, formatSeconds, formatTable } from "../../bench/table";

test("formatTable() sets the first column to the left and numbers to the right", () => {
  const text = formatTable([
    ["seconds", "floor", "ratio"],
    ["apply", "1.5", "12x"],
    ["a step with a long name", "100.0"],
  ]);

  expect(text.split("\n")).toEqual([
    "seconds                  floor  ratio",
    "apply                      1.5    12x",
    "a step with a long name  100.0",
  ]);
});

test("formatTable() of nothing is nothing", () => {
  expect(formatTable([])).toBe("");
});

test.each([
  [0, "0.00"],
  [0.424, "0.42"],
  [4.26, "4.3"],
  [142.04, "142.0"],
])("formatSeconds(%p) is %p", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test.each([
  [3, 2, "1.5x"],
  [1, 4, "0.3x"],
  [99, 9.9, "10x"],
  [123, 10, "12x"],
  [5, 0, "-"],
  [5, undefined, "-"],
])("formatRatio(%p, %p) is %p", (value, floor, text) => {
  expect(formatRatio(value, floor)).toBe(text);
});
