import { printable } from "../../core/printable";

test.each([
  ["plain ünï 😀 text", "plain ünï 😀 text"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ["\u001b[2J\u001b]0;title\u0007", "\\u001b[2J\\u001b]0;title\\u0007"],
  ["a\u0000b\rc\u007f\u009b31m", "a\\u0000b\\u000dc\\u007f\\u009b31m"],
  ["turned \u202e round", "turned \\u202e round"],
])("%j is shown as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
