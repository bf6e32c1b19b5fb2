import {
  expandMatch,
  pythonRegex,
} from "../../../../../playbooks/runner/modules/args/python-regex";

test.each([
  ["^a$", "a\n", true],
  ["^a$", "a\nb", false],
  ["(?m)^b$", "a\nb\n", true],
  ["(?i)HOST", "hostname", true],
  ["[$]x", "$x", true],
  ["\\$x", "$x", true],
  ["\\Aa\\Z", "a", true],
  ["\\Aa\\Z", "a\n", false],
  ["(?P<q>['\"]).*(?P=q)", "'a'", true],
  ["[]$]", "]", true],
])("pythonRegex() %j on %j is %j", (source, subject, expected) => {
  expect(pythonRegex(source).test(subject)).toBe(expected);
});

test("pythonRegex() tells of an expression that cannot be", () => {
  expect(() => pythonRegex("(a")).toThrow("not a regular expression that works here: (a");
});

test("expandMatch() fills groups by number and by name", () => {
  const match = pythonRegex("(?P<key>\\w+)=(\\d+)?").exec("a=");
  if (match === null) throw new Error("no match");

  expect(expandMatch("\\1 \\g<1> \\g<key> [\\2] \\n \\\\", match)).toBe("a a a [] \n \\");
});
