import { splitWords } from "../../../../../playbooks/runner/modules/args/split-words";

test.each([
  ["", []],
  ["  a  b ", ["a", "b"]],
  ["'a b' \"c d\" e\\ f", ["a b", "c d", "e f"]],
  ["a'b'\"c\"d", ["abcd"]],
  ["''", [""]],
  ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
  ["'a\\'", ["a\\"]],
  ["a; b | c > d $HOME `x`", ["a;", "b", "|", "c", ">", "d", "$HOME", "`x`"]],
  ["a\nb", ["a", "b"]],
])("splitWords() splits %j as a shell would quote it", (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test.each(["'a", '"a', "a\\"])("splitWords() refuses %j, which never ends", (line) => {
  expect(() => splitWords(line)).toThrow("no closing quotation");
});
