import {
  expandMatch,
  isMultiline,
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
  ["^a.$", "a\r\n", true],
  ["a.b", "a\nb", false],
  ["(?s)a.b", "a\nb", true],
  ["(?m)^b.$", "a\nb\r\nc", true],
  ["(?m)^b$", "a\rb\n", false],
  ["(?x) a b  # more\n [ ]c", "ab c", true],
])("pythonRegex() %j on %j is %j", (source, subject, expected) => {
  expect(pythonRegex(source).test(subject)).toBe(expected);
});

test.each([
  ["(?m)a", true],
  ["(?im)a", true],
  ["(?i)m", false],
  ["a(?m)", false],
])("isMultiline() of %j is %j", (source, expected) => {
  expect(isMultiline(source)).toBe(expected);
});

test("pythonRegex() tells of an expression that cannot be", () => {
  expect(() => pythonRegex("(a")).toThrow("not a regular expression that works here: (a");
});

test("expandMatch() fills groups by number and by name", () => {
  const match = pythonRegex("(?P<key>\\w+)=(\\d+)?").exec("a=");
  if (match === null) throw new Error("no match");

  expect(expandMatch("\\1 \\g<1> \\g<key> [\\2] \\n \\\\", match)).toBe("a a a [] \n \\");
});

test.each(["\\2", "\\g<3>", "\\g<other>", "\\g<toString>"])(
  "expandMatch() refuses %j",
  (template) => {
    const match = pythonRegex("(?P<key>a)").exec("a");
    if (match === null) throw new Error("no match");

    expect(() => expandMatch(template, match)).toThrow("invalid group reference");
  },
);
