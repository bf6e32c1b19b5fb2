import { formatDuration, tryParseDuration } from "../../core/duration";

test.each([
  ["90s", 90_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1_500],
  ["250ms", 250],
])("tryParseDuration() reads %s", (text, milliseconds) => {
  expect(tryParseDuration(text)).toBe(milliseconds);
});

test.each(["", "10", "s", "-1s", "1d", "1s 2s"])("tryParseDuration() refuses %j", (text) => {
  expect(tryParseDuration(text)).toBeUndefined();
});

test.each([
  [850, "850 ms"],
  [12_345, "12.3 s"],
  [245_000, "4 min 05 s"],
])("formatDuration() says %d ms as %s", (milliseconds, words) => {
  expect(formatDuration(milliseconds)).toBe(words);
});
